package io.escalus4j.server.route;

import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A connected resource. Thread-safe: everything read here is an immutable snapshot, everything written is done on the
 * session's own event loop, in the order of the calls.
 */
public interface Session {
    /** The full JID. */
    Jid jid();

    /** The latest broadcast presence; empty before the initial presence and after {@code unavailable}. */
    Optional<Presence> presence();

    /** Makes {@code presence} the latest one; empty: the resource is no longer available. */
    void presence(Optional<Presence> presence);

    default boolean isAvailable() {
        return presence().isPresent();
    }

    /** Whether it has a stream; without one it waits for its client to come back (XEP-0198 section 5). */
    default boolean isConnected() {
        return true;
    }

    /** The priority of the latest presence; negative: wants no messages to the bare JID. */
    default int priority() {
        return presence().map(Presence::priority).orElse(0);
    }

    /** What a module keeps for this session; the key's initial value at first. */
    <T> T get(SessionKey<T> key);

    /** Replaces a module's state atomically; {@code change} may run more than once. Returns the new value. */
    <T> T update(SessionKey<T> key, UnaryOperator<T> change);

    /**
     * Writes a stanza to the client; queued behind what was delivered before. A full queue closes the session. What comes
     * when it is over goes the way of what a client has not acknowledged.
     */
    void deliver(Stanza stanza);

    /** The same, but what comes when it is over, or when it has much already, remains the caller's business: {@code false} then. */
    default boolean offer(Stanza stanza) {
        deliver(stanza);
        return true;
    }

    /** The same where other resources of the account are given the stanza, too. */
    default void deliverCopy(Stanza stanza) {
        deliver(stanza);
    }

    /** How long its client has said nothing, not even white space. */
    default Duration silence() {
        return Duration.ZERO;
    }

    /** Ends the session, and its stream with this error. */
    void close(StreamError error);

    /** Gives up its stream, as if the connection were lost: a session that can be resumed waits for its client, another ends. */
    default void lose(StreamError error) {
        close(error);
    }
}
