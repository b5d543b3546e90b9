package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A resource in a {@link World} that remembers what it gets. */
public final class TestSession implements Session {
    private final Jid jid;
    private final World world;
    private final Map<SessionKey<?>, Object> kept = new HashMap<>();
    private final List<Element> received = new ArrayList<>();
    private Optional<Presence> presence = Optional.empty();
    private Optional<StreamError> closed = Optional.empty();
    private int room = Integer.MAX_VALUE;

    TestSession(Jid jid, World world) {
        this.jid = jid;
        this.world = world;
    }

    /** Sends a stanza, all of whose consequences must be over when this returns. */
    public TestSession sends(String stanza) {
        assertThat(sending(stanza)).as(stanza).isCompleted();
        return this;
    }

    /** Sends a stanza that has to wait for something. */
    public CompletableFuture<Void> sending(String stanza) {
        return world.accept(this, World.xml(stanza)).toCompletableFuture();
    }

    /** What has come since the last time, each comparable to {@link World#xml}. */
    public List<Element> received() {
        var unread = List.copyOf(received);
        received.clear();
        return unread;
    }

    /** Puts back what was looked at. */
    public void redeliver(Element stanza) {
        received.add(stanza);
    }

    /** The connection breaks. */
    public void disconnects() {
        assertThat(disconnecting()).isCompleted();
    }

    public CompletableFuture<Void> disconnecting() {
        return world.disconnect(this).toCompletableFuture();
    }

    public Optional<StreamError> closed() {
        return closed;
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
    public <T> T update(SessionKey<T> key, UnaryOperator<T> change) {
        T changed = change.apply(get(key));
        kept.put(key, changed);
        return changed;
    }

    @Override
    public void deliver(Stanza stanza) {
        received.add(stanza.element());
    }

    /** Its stream takes so many stanzas yet, and is over then. */
    public TestSession endsAfter(int stanzas) {
        room = stanzas;
        return this;
    }

    @Override
    public boolean offer(Stanza stanza) {
        if (room-- <= 0) {
            return false;
        }
        deliver(stanza);
        return true;
    }

    @Override
    public void close(StreamError error) {
        closed = Optional.of(error);
    }

    @Override
    public String toString() {
        return jid.toString();
    }
}
