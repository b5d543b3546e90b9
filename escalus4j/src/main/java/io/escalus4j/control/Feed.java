package io.escalus4j.control;

import java.util.List;

/**
 * Entries that a server has numbered, oldest first. Immutable.
 *
 * @param last the number of the newest one there is, where the next reading goes on; 0 if there was none ever
 * @param lost how many of those that were asked for were forgotten, since a server keeps a bounded number
 */
public record Feed<T>(List<T> entries, long last, long lost) {
    public Feed {
        entries = List.copyOf(entries);
    }
}
