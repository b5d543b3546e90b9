package io.escalus4j.server.module;

import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;

/**
 * A place where modules take part, by what they are told there.
 *
 * <p>A hook is its own identity: two with one name are two hooks.
 */
public final class Hook<C> {
    /** A session sent a stanza, its {@code from} is stamped, it is not routed yet. Runs on the sender's event loop. */
    public static final Hook<Sent> SENT = new Hook<>("sent");

    /**
     * A stanza is about to be delivered to a local account. Runs in the context of whoever sent it, not of the owner.
     * Answers of the server to the owner do not come by here.
     */
    public static final Hook<Received> RECEIVED = new Hook<>("received");

    /** A message found no resource that may have it (RFC 6121 section 8.5.2.2); who does not deal with it lets it be refused. */
    public static final Hook<Undelivered> UNDELIVERED = new Hook<>("undelivered");

    /** A session is bound; it may now send and get stanzas. */
    public static final Hook<Session> BOUND = new Hook<>("bound");

    /** A session sent its initial presence (RFC 6121 section 4.2). */
    public static final Hook<Session> AVAILABLE = new Hook<>("available");

    /** A session is gone, and is in no table any more; its last presence can still be read. */
    public static final Hook<Session> CLOSED = new Hook<>("closed");

    /** An account is being removed: forget all of it. */
    public static final Hook<Jid> ACCOUNT_REMOVED = new Hook<>("account-removed");

    private final String name;

    public Hook(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }

    public record Sent(Session session, Stanza stanza) {}

    /** @param owner the bare JID of the account */
    public record Received(Jid owner, Stanza stanza) {}

    /** @param owner the bare JID of the account */
    public record Undelivered(Jid owner, Message message) {}
}
