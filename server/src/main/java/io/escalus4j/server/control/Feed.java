package io.escalus4j.server.control;

import java.util.List;

/**
 * Entries with numbers, oldest first. Immutable.
 *
 * @param last the number of the newest one there is, 0 if there was none ever
 * @param lost how many of those that were asked for are forgotten
 */
public record Feed<T>(List<T> entries, long last, long lost) {}
