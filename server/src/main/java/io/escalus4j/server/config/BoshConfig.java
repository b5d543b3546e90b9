package io.escalus4j.server.config;

import java.time.Duration;

/**
 * What sessions over HTTP may cost (XEP-0124).
 *
 * @param sessions of all clients at once
 * @param waitTime how long a request is held at most
 * @param hold how many requests are held at most; a client may have one more on its way
 * @param inactivity how long a client may be without a request
 * @param pauseTime how long it may be if it has said so
 * @param polling how often it may ask for nothing in particular
 */
public record BoshConfig(
        int sessions, Duration waitTime, int hold, Duration inactivity, Duration pauseTime, Duration polling) {
    private static final int MOST_HELD = 10;

    public static final BoshConfig STANDARD = new BoshConfig(
            10_000, Duration.ofMinutes(1), 1, Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(2));

    public BoshConfig {
        Require.atLeast("sessions", 1, sessions);
        Require.that(hold >= 1 && hold <= MOST_HELD, "hold must be 1 to %d, was %d", MOST_HELD, hold);
        requireSeconds("wait_time", waitTime, 1);
        requireSeconds("inactivity", inactivity, 1);
        requireSeconds("pause_time", pauseTime, 1);
        requireSeconds("polling", polling, 0);
    }

    /** On the wire they are whole seconds. */
    private static void requireSeconds(String setting, Duration time, int least) {
        Require.that(
                time.getNano() == 0 && time.toSeconds() >= least && time.toSeconds() <= 3600,
                "%s must be whole seconds from %d to 3600, was %dms",
                setting,
                least,
                time.toMillis());
    }

    public BoshConfig sessions(int most) {
        return new BoshConfig(most, waitTime, hold, inactivity, pauseTime, polling);
    }

    public BoshConfig waitTime(Duration time) {
        return new BoshConfig(sessions, time, hold, inactivity, pauseTime, polling);
    }

    public BoshConfig inactivity(Duration time) {
        return new BoshConfig(sessions, waitTime, hold, time, pauseTime, polling);
    }

    public BoshConfig polling(Duration time) {
        return new BoshConfig(sessions, waitTime, hold, inactivity, pauseTime, time);
    }
}
