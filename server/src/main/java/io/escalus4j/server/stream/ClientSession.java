package io.escalus4j.server.stream;

import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A resource that is bound to a stream. Thread-safe. */
final class ClientSession implements Session {
    private final Jid jid;
    private final ClientStream stream;
    private final ConcurrentHashMap<SessionKey<?>, Object> kept = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Optional<Presence> presence = Optional.empty();

    ClientSession(Jid jid, ClientStream stream) {
        this.jid = jid;
        this.stream = stream;
    }

    @Override
    public Jid jid() {
        return jid;
    }

    @Override
    public Optional<Presence> presence() {
        return presence;
    }

    @Override
    public void presence(Optional<Presence> latest) {
        presence = latest;
    }

    @Override
    @SuppressWarnings("unchecked") // update() has put a T under a key of T
    public <T> T get(SessionKey<T> key) {
        return (T) kept.getOrDefault(key, key.initial());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T update(SessionKey<T> key, UnaryOperator<T> change) {
        return (T) kept.compute(key, (k, known) -> change.apply(known == null ? key.initial() : (T) known));
    }

    @Override
    public void deliver(Stanza stanza) {
        stream.deliver(stanza);
    }

    @Override
    public void close(StreamError error) {
        stream.close(error);
    }

    /** Done when all modules know that this session is gone. */
    CompletionStage<Void> ended() {
        return ended;
    }

    void end() {
        ended.complete(null);
    }

    @Override
    public String toString() {
        return jid.toString();
    }
}
