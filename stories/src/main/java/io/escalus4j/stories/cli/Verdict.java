package io.escalus4j.stories.cli;

import java.time.Duration;

/**
 * How one story ended.
 *
 * @param group its class, for example {@code RosterStory}
 * @param story for example {@code a_contact_is_removed}
 * @param text the failure, or why it was not told; empty if it passed
 */
record Verdict(String group, String story, Kind kind, String text, Duration took) {
    enum Kind {
        PASSED,
        FAILED,
        /** Failed, as it is known that this server does. */
        EXPECTED,
        /** Cannot be told on this server. */
        NOT_APPLICABLE
    }

    String name() {
        return group + '.' + story;
    }
}
