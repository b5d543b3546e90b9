package io.escalus4j.server.control;

import java.time.Instant;

/**
 * A line of the server's log. Immutable.
 *
 * @param about the session or account at work, or empty
 * @param text the message, and the exception if there is one
 */
public record LogLine(long number, Instant at, String level, String logger, String about, String text) {}
