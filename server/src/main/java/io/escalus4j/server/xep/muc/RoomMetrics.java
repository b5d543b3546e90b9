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

    RoomMetrics(MeterRegistry registry, Rooms rooms) {
        this.messages = registry.counter("xmpp.muc.messages");
        this.deliveries = registry.counter("xmpp.muc.deliveries");
        this.created = registry.counter("xmpp.muc.rooms.created");
        this.destroyed = registry.counter("xmpp.muc.rooms.destroyed");
        Gauge.builder("xmpp.muc.rooms.loaded", rooms, Rooms::count).register(registry);
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
