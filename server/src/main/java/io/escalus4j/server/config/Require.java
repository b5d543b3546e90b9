package io.escalus4j.server.config;

/** States what a setting must be. */
final class Require {
    private Require() {}

    static void that(boolean holds, String rule, Object... args) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(args));
        }
    }

    static void atLeast(String setting, int least, int value) {
        that(value >= least, "%s must be at least %d, was %d", setting, least, value);
    }
}
