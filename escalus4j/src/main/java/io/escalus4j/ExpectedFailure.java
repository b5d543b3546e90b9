package io.escalus4j;

import java.util.Objects;
import org.opentest4j.TestAbortedException;

/**
 * A story that a server is known to fail: which, where the specification says so, why, and where to read on. Immutable.
 *
 * @param story {@code RosterStory.a_contact_is_removed}
 * @param section for example {@code RFC 6121 section 2.5.2}
 * @param link where it is discussed, or the specification's own address
 */
public record ExpectedFailure(String story, String section, String reason, String link) {

    public ExpectedFailure {
        Objects.requireNonNull(story);
        if (reason.isBlank() || link.isBlank()) {
            throw new IllegalArgumentException(
                    "the expected failure of %s must have a reason and a link".formatted(story));
        }
    }

    /** What a failure becomes. */
    public Met met(Throwable failure) {
        return new Met(this, failure);
    }

    /** What to say when the story passes all the same. */
    public AssertionError passed(String server) {
        return new AssertionError(
                "passed, but %s is expected to fail it (%s): take it off the expected failures, or find out why it did not fail this time"
                        .formatted(server, reason));
    }

    @Override
    public String toString() {
        return (section.isEmpty() ? reason : section + ": " + reason) + " (" + link + ")";
    }

    /** The story has failed as it was expected to; for JUnit it is aborted. */
    public static final class Met extends TestAbortedException {
        private static final long serialVersionUID = 1L;

        /** What each text begins with. */
        public static final String PREFIX = "expected failure: ";

        private Met(ExpectedFailure expected, Throwable failure) {
            super(PREFIX + expected, failure);
        }
    }
}
