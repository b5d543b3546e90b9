package io.escalus4j;

import org.opentest4j.TestAbortedException;

/** A story cannot be told on this server, for a reason that the report shows; it has neither passed nor failed. */
public final class NotApplicable extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    /** What each reason begins with. */
    public static final String PREFIX = "not applicable: ";

    private NotApplicable(String message) {
        super(message);
    }

    /** For example {@code because("%s does not offer %s", software, feature)}. */
    public static NotApplicable because(String reason, Object... args) {
        return new NotApplicable(PREFIX + reason.formatted(args));
    }
}
