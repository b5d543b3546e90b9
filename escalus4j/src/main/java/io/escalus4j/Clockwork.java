package io.escalus4j;

import java.time.Duration;
import java.time.Instant;

/** The time of a server that somebody may move; what a {@link ServerHandle} offers to {@link Time}. Thread-safe. */
public interface Clockwork {
    Instant now();

    /**
     * Moves on; returns when all that was due by then has run, and what it set off is over.
     *
     * @return how many timers were due
     */
    int advance(Duration by);

    /** Sets the clock on the wall forward or back; nothing becomes due by that. */
    void jump(Duration by);
}
