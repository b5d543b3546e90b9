package io.escalus4j.server.xep.mam;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is archived of those of whom nothing else is said (XEP-0441 section 2.1.1). */
enum Policy {
    ALWAYS,
    ROSTER,
    NEVER;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Policy> of(String wire) {
        return Stream.of(values()).filter(policy -> policy.wire().equals(wire)).findFirst();
    }
}
