package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Sessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What streams tell of themselves; every label has few values, and none comes from a peer. Thread-safe. */
public final class StreamMetrics {
    /** Which way a stanza goes, as the server sees it. */
    enum Direction {
        IN,
        OUT
    }

    private record Kind(Direction direction, String name, String type) {}

    private static final Set<String> KINDS = Set.of("iq", "message", "presence");
    private static final Set<String> TYPES = Set.of(
            "none",
            "error",
            "get",
            "set",
            "result",
            "normal",
            "chat",
            "groupchat",
            "headline",
            "probe",
            "subscribe",
            "subscribed",
            "unavailable",
            "unsubscribe",
            "unsubscribed");

    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, AtomicInteger> connections = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Kind, Counter> stanzas = new ConcurrentHashMap<>();

    private final AtomicInteger unacked = new AtomicInteger();

    public StreamMetrics(MeterRegistry registry, Sessions sessions) {
        this.registry = registry;
        registry.gauge("xmpp.sessions", sessions, Sessions::count);
        registry.gauge("xmpp.sm.unacked", unacked);
    }

    void connected(String transport) {
        connections(transport).incrementAndGet();
    }

    void disconnected(String transport) {
        connections(transport).decrementAndGet();
    }

    private AtomicInteger connections(String transport) {
        return connections.computeIfAbsent(transport, t -> {
            var open = new AtomicInteger();
            registry.gauge("xmpp.connections", Tags.of("transport", t), open);
            return open;
        });
    }

    void stanza(Direction direction, Element stanza) {
        stanzas.computeIfAbsent(new Kind(direction, kind(stanza), type(stanza)), this::counter)
                .increment();
    }

    private static String kind(Element stanza) {
        return KINDS.contains(stanza.name()) ? stanza.name() : "other";
    }

    /** A type that RFC 6120 knows, since the label must not be a peer's choice. */
    private static String type(Element stanza) {
        String type = stanza.attribute("type", "none");
        return TYPES.contains(type) ? type : "other";
    }

    private Counter counter(Kind kind) {
        return registry.counter(
                "xmpp.stanzas",
                "direction",
                kind.direction().name().toLowerCase(Locale.ROOT),
                "kind",
                kind.name(),
                "type",
                kind.type());
    }

    /** @param mechanism one that is offered, or {@code other} */
    void authentication(String mechanism, String result) {
        registry.counter("xmpp.auth", "mechanism", mechanism, "result", result).increment();
    }

    public void limitHit(String limit) {
        registry.counter("xmpp.limits.hit", "limit", limit).increment();
    }

    /** Stanzas that were for a client whose connection had to be cut. */
    void lost(int stanzas) {
        registry.counter("xmpp.stanzas.lost").increment(stanzas);
    }

    /** How many stanzas wait for an acknowledgement has changed by this much (XEP-0198). */
    void unacked(int change) {
        unacked.addAndGet(change);
    }

    /** @param result {@code resumed}, or why not */
    void resume(String result) {
        registry.counter("xmpp.sm.resumes", "result", result).increment();
    }
}
