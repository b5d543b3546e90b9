package io.escalus4j.server.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What time it is for a server, and what is due when: the only source of both, so that a test can own it. Thread-safe.
 *
 * <pre>{@code
 * var end = time.after(Duration.ofMinutes(5), session::end);
 * ...
 * end.cancel();
 * }</pre>
 *
 * <p>How long something lasts is told by {@link #ticks()}, not by the clock on the wall, which somebody may set.
 */
public interface Time extends AutoCloseable {
    /** The time on the wall; it may jump. */
    Instant now();

    /** Nanoseconds since some moment of this server's own; they never go back and never jump with the wall's clock. */
    long ticks();

    /** Runs {@code task} once; it must not block. */
    Timer after(Duration delay, Runnable task);

    /** Runs {@code task} over and over, the first time after one {@code period}; it must not block. */
    Timer every(Duration period, Runnable task);

    /** The time on the wall as the JDK wants it, in UTC. */
    default Clock clock() {
        return new WallClock(this);
    }

    /** Nothing that is still due runs any more. */
    @Override
    void close();
}
