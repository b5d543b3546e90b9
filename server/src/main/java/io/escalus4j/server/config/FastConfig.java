package io.escalus4j.server.config;

import java.time.Duration;

/**
 * How long tokens let clients in (XEP-0484).
 *
 * @param lifetime of a token
 * @param rotation a token that ends within this time is replaced by a new one when it is used
 * @param clients installations of one account that may have tokens; with one more, the one whose tokens end first is forgotten
 */
public record FastConfig(Duration lifetime, Duration rotation, int clients) {
    public static final FastConfig STANDARD = new FastConfig(Duration.ofDays(14), Duration.ofDays(7), 20);

    public FastConfig {
        Require.that(
                !lifetime.isNegative() && !lifetime.isZero() && lifetime.compareTo(Duration.ofDays(366)) <= 0,
                "lifetime must be above 0 and at most 8784h, was %dms",
                lifetime.toMillis());
        Require.that(
                !rotation.isNegative() && rotation.compareTo(lifetime) <= 0,
                "rotation must be at most the lifetime, was %dms",
                rotation.toMillis());
        Require.atLeast("clients", 1, clients);
    }
}
