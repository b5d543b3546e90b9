package io.escalus4j.control;

import java.time.Instant;

/**
 * A line that a server has logged. Immutable.
 *
 * @param level {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} or {@code TRACE}
 * @param about whom it concerns as far as the server knows: the session or account at work, or empty
 * @param text the message, and the exception if there is one
 */
public record LogLine(long number, Instant at, String level, String logger, String about, String text) {
    /** Whether it is at least as bad as {@code other}. */
    boolean isAtLeast(String other) {
        return rank(level) >= rank(other);
    }

    private static int rank(String level) {
        return switch (level) {
            case "ERROR" -> 4;
            case "WARN" -> 3;
            case "INFO" -> 2;
            case "DEBUG" -> 1;
            default -> 0;
        };
    }

    boolean mentions(String word) {
        return about.contains(word) || text.contains(word);
    }

    @Override
    public String toString() {
        String who = about.isEmpty() ? "" : " [" + about + ']';
        return "%s %s%s %s".formatted(level, logger.substring(logger.lastIndexOf('.') + 1), who, text.strip());
    }
}
