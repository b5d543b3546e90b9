package io.escalus4j.history;

import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When the story took what had arrived: joins each {@code CONSUMED} to the first equal {@code IN} of the same person. */
final class Takes {
    private final Map<Entry, Duration> takenAt = new IdentityHashMap<>();
    private final Set<Integer> joined = new HashSet<>();

    Takes(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.direction() == Direction.CONSUMED && join(entry, entries.subList(0, i))) {
                joined.add(i);
            }
        }
    }

    private boolean join(Entry consumed, List<Entry> before) {
        var arrived = before.stream()
                .filter(entry ->
                        entry.direction() == Direction.IN && entry.who().equals(consumed.who()))
                .filter(entry -> !takenAt.containsKey(entry) && entry.stanza().equals(consumed.stanza()))
                .findFirst();
        arrived.ifPresent(entry -> takenAt.put(entry, consumed.at()));
        return arrived.isPresent();
    }

    Optional<Duration> takenAt(Entry arrived) {
        return Optional.ofNullable(takenAt.get(arrived));
    }

    /** Whether the entry at this index is told by the arrow of its arrival already. */
    boolean isJoined(int index) {
        return joined.contains(index);
    }
}
