package io.escalus4j.server.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** {@link Time#now()} as a {@link Clock}. Immutable. */
final class WallClock extends Clock {
    private final Time time;
    private final ZoneId zone;

    WallClock(Time time) {
        this(time, ZoneOffset.UTC);
    }

    private WallClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new WallClock(time, other);
    }
}
