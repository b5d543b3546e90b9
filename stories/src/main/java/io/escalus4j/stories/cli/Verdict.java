package io.escalus4j.stories.cli;

import java.time.Duration;
import java.util.Optional;

/**
 * How one story ended.
 *
 * @param group its class, for example {@code RosterStory}
 * @param story for example {@code a_contact_is_removed}, or {@code an_echo_comes_back, over tls} of several
 * @param text the failure, or why it was not told; empty if it passed
 * @param place the step of the story that failed
 */
record Verdict(String group, String story, Kind kind, String text, Duration took, Optional<Place> place) {
    /** A line of a source, by its path from the root of the packages. */
    record Place(String file, int line) {}

    enum Kind {
        PASSED,
        FAILED,
        /** Failed, as it is known that this server does. */
        EXPECTED,
        /** Cannot be told on this server. */
        NOT_APPLICABLE
    }

    String firstLine() {
        return text.lines().findFirst().orElse("");
    }

    String name() {
        return group + '.' + story;
    }
}
