package io.escalus4j;

import io.escalus4j.wire.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of the server, which a story owns that has this as a parameter: it stands still until the story moves it. Such a
 * story has a server to itself. Thread-safe.
 *
 * <pre>{@code
 * @Story
 * void who_does_not_come_back_is_gone(Scene scene, Time time) {
 *     Client alice = scene.connectManaged("alice");
 *     alice.link().halfOpen();
 *     time.advance(5, MINUTES);
 *     ...
 * }
 * }</pre>
 */
public final class Time {
    private final Telling telling;
    private final Clockwork clockwork;

    Time(Telling telling, Clockwork clockwork) {
        this.telling = telling;
        this.clockwork = clockwork;
    }

    /** What time it is on the server's wall. */
    public Instant now() {
        return clockwork.now();
    }

    /**
     * Moves the time on, in no time. When this returns everything that the clients had sent before was dealt with at the
     * old time, everything that was due by the new one has run in its order, and what that set off has reached the
     * clients.
     *
     * @return how many of the server's timers were due
     */
    public int advance(long amount, ChronoUnit unit) {
        return advance(Duration.of(amount, unit));
    }

    public int advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException(
                    "time goes on by at least 0, not by %s; a clock on the wall can jump back".formatted(by));
        }
        Fence.before(telling);
        int due = clockwork.advance(by);
        telling.history().clock("time goes on by %s, %d timers were due".formatted(words(by), due));
        Fence.before(telling);
        return due;
    }

    /** Sets the clock on the server's wall, as an administrator or NTP does: nothing becomes due by that. */
    public void jump(long amount, ChronoUnit unit) {
        clockwork.jump(Duration.of(amount, unit));
        telling.history()
                .clock("the clock jumps by %d %s"
                        .formatted(amount, unit.toString().toLowerCase(java.util.Locale.ROOT)));
    }

    private static String words(Duration by) {
        return Deadline.words(by);
    }
}
