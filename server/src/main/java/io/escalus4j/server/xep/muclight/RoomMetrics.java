package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.store.LightRoom;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens in rooms. Thread-safe. */
final class RoomMetrics {
    private final MeterRegistry registry;
    private final Rooms rooms;
    private final Counter messages;
    private final Counter deliveries;

    RoomMetrics(MeterRegistry registry, Rooms rooms) {
        this.registry = registry;
        this.rooms = rooms;
        this.messages = registry.counter("xmpp.muclight.messages");
        this.deliveries = registry.counter("xmpp.muclight.deliveries");
    }

    /** Tells how many rooms are in memory, until that is closed. */
    AutoCloseable gauge() {
        Gauge gauge = Gauge.builder("xmpp.muclight.rooms.cached", rooms, Rooms::cached)
                .register(registry);
        return () -> registry.remove(gauge);
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
