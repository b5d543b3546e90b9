package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A session that keeps what it is given. Confined to one thread. */
final class RecordingSession implements Session {
    private final Jid jid;
    private final Map<SessionKey<?>, Object> state = new HashMap<>();
    private final List<Element> written = new ArrayList<>();
    private Optional<Presence> presence = Optional.empty();
    private Duration silence = Duration.ZERO;

    RecordingSession(Jid jid) {
        this.jid = jid;
    }

    @Override
    public Duration silence() {
        return silence;
    }

    void silence(Duration lasting) {
        silence = lasting;
    }

    /** What was written since the last call; the stream's error and end among it. */
    List<Element> taken() {
        var taken = List.copyOf(written);
        written.clear();
        return taken;
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
    @SuppressWarnings("unchecked") // update() has put a value of T under a key of T
    public <T> T get(SessionKey<T> key) {
        return (T) state.getOrDefault(key, key.initial());
    }

    @Override
    public <T> T update(SessionKey<T> key, UnaryOperator<T> change) {
        T changed = change.apply(get(key));
        state.put(key, changed);
        return changed;
    }

    @Override
    public void deliver(Stanza stanza) {
        written.add(stanza.element());
    }

    @Override
    public void close(StreamError error) {
        written.add(error.toElement());
    }
}
