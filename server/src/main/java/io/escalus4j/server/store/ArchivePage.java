package io.escalus4j.server.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of what a query chose.
 *
 * @param messages oldest first
 * @param complete nothing is left in the direction in which the slice goes
 * @param count of all that the query chose, and how many of them come before the first of this page; if it was to be counted
 */
public record ArchivePage(List<Archived> messages, boolean complete, Optional<Count> count) {
    public ArchivePage {
        messages = List.copyOf(messages);
    }

    /** @param index of the first message of the page, 0 if it has none */
    public record Count(int total, int index) {}
}
