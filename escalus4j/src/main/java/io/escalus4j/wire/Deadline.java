package io.escalus4j.wire;

import java.time.Duration;

/**
 * A moment by which something must have happened, by the monotonic clock. Immutable.
 *
 * @param allowed the whole time that was given, for error texts
 */
public record Deadline(long nanoTime, Duration allowed) {
    /** Far enough for every purpose. */
    public static final Duration FOREVER = Duration.ofDays(36500);

    public static Deadline in(Duration allowed) {
        return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
    }

    public static Deadline never() {
        return in(FOREVER);
    }

    /** In nanoseconds, not above zero when the deadline is past. */
    public long remaining() {
        return nanoTime - System.nanoTime();
    }

    public boolean isPast() {
        return remaining() <= 0;
    }

    /** For people: {@code 1s}, {@code 1.5s}, {@code 50ms}. */
    public static String words(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
    }

    /** For {@link java.net.Socket#setSoTimeout}: 0 for no limit, else at least 1. */
    int millis() {
        if (allowed.equals(FOREVER)) {
            return 0;
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, remaining() / 1_000_000));
    }
}
