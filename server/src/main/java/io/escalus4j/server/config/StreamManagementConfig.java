package io.escalus4j.server.config;

import java.time.Duration;

/**
 * What a stream that is managed (XEP-0198) may cost us.
 *
 * @param resumeTime how long a session waits for its client to come back
 * @param unackedStanzas that are kept for one client until it acknowledges them; beyond that its session ends
 * @param unackedBytes the same in bytes
 * @param detachedPerAccount sessions of one account that wait for their clients; one more, and the oldest ends
 */
public record StreamManagementConfig(
        Duration resumeTime, int unackedStanzas, int unackedBytes, int detachedPerAccount) {
    public static final StreamManagementConfig STANDARD =
            new StreamManagementConfig(Duration.ofMinutes(5), 1000, 1024 * 1024, 5);

    public StreamManagementConfig {
        Require.that(
                resumeTime.compareTo(Duration.ofDays(1)) <= 0 && !resumeTime.isNegative() && !resumeTime.isZero(),
                "resume_time must be above 0 and at most 24h, was %dms",
                resumeTime.toMillis());
        Require.atLeast("unacked_stanzas", 10, unackedStanzas);
        Require.atLeast("unacked_bytes", 10_000, unackedBytes);
        Require.atLeast("detached_per_account", 1, detachedPerAccount);
    }

    public StreamManagementConfig resumeTime(Duration time) {
        return new StreamManagementConfig(time, unackedStanzas, unackedBytes, detachedPerAccount);
    }

    public StreamManagementConfig unackedStanzas(int stanzas) {
        return new StreamManagementConfig(resumeTime, stanzas, unackedBytes, detachedPerAccount);
    }

    public StreamManagementConfig detachedPerAccount(int sessions) {
        return new StreamManagementConfig(resumeTime, unackedStanzas, unackedBytes, sessions);
    }
}
