package io.escalus4j.server.xep.muc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens in rooms. Thread-safe. */
final class RoomMetrics {
    private final Counter messages;
    private final Counter deliveries;
    private final Counter created;
    private final Counter destroyed;

    private final MeterRegistry registry;
    private final Rooms rooms;

    RoomMetrics(MeterRegistry registry, Rooms rooms) {
        this.registry = registry;
        this.rooms = rooms;
        this.messages = registry.counter("xmpp.muc.messages");
        this.deliveries = registry.counter("xmpp.muc.deliveries");
        this.created = registry.counter("xmpp.muc.rooms.created");
        this.destroyed = registry.counter("xmpp.muc.rooms.destroyed");
    }

    /** Tells how many rooms are in memory, until that is closed. */
    AutoCloseable gauge() {
        Gauge gauge =
                Gauge.builder("xmpp.muc.rooms.loaded", rooms, Rooms::count).register(registry);
        return () -> registry.remove(gauge);
    }

    void said(int recipients) {
        messages.increment();
        deliveries.increment(recipients);
    }

    void created() {
        created.increment();
    }

    void destroyed() {
        destroyed.increment();
    }
}
