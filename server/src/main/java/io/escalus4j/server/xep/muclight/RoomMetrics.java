package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.store.LightRoom;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens in rooms. Thread-safe. */
final class RoomMetrics {
    private final MeterRegistry registry;
    private final Counter messages;
    private final Counter deliveries;

    RoomMetrics(MeterRegistry registry, Rooms rooms) {
        this.registry = registry;
        this.messages = registry.counter("xmpp.muclight.messages");
        this.deliveries = registry.counter("xmpp.muclight.deliveries");
        Gauge.builder("xmpp.muclight.rooms.cached", rooms, Rooms::cached).register(registry);
    }

    void said(LightRoom room) {
        messages.increment();
        deliveries.increment(room.occupants().size());
    }

    /** @param kind what was done to a room: created, configured, affiliated, destroyed */
    void changed(String kind) {
        registry.counter("xmpp.muclight.changes", "kind", kind).increment();
    }
}
