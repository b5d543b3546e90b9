package io.escalus4j.server.net.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In which order the requests of a session are dealt with, whatever order they come in, and what was answered lately, in
 * case somebody asks again (XEP-0124 section 14). Confined to its session.
 */
final class BoshWindow {
    private final int size;
    private final TreeMap<Long, BoshRequest> early = new TreeMap<>();
    private final LinkedHashMap<Long, byte[]> answered = new LinkedHashMap<>();
    private long next;

    BoshWindow(long first, int size) {
        this.next = first;
        this.size = size;
    }

    /** The id of the request that is due. */
    long next() {
        return next;
    }

    boolean isPast(long rid) {
        return rid < next;
    }

    /** @param more who wants to pause or to end may have one more on its way (section 11) */
    boolean holds(long rid, boolean more) {
        return rid - next < size + (more ? 1 : 0);
    }

    /** Whether all that may be on its way is here. */
    boolean isFull() {
        return early.size() >= size;
    }

    /** Returns the one that it takes the place of. */
    Optional<BoshRequest> put(BoshRequest request) {
        return Optional.ofNullable(early.put(request.rid(), request));
    }

    /** The request that is due, if it is here. */
    Optional<BoshRequest> take() {
        var due = Optional.ofNullable(early.remove(next));
        due.ifPresent(taken -> next++);
        return due;
    }

    void answered(long rid, byte[] answer) {
        answered.put(rid, answer);
        if (answered.size() > size) {
            answered.remove(answered.keySet().iterator().next());
        }
    }

    Optional<byte[]> answer(long rid) {
        return Optional.ofNullable(answered.get(rid));
    }

    /** The client has everything up to here. */
    void acknowledged(long rid) {
        answered.keySet().removeIf(older -> older <= rid);
    }

    /** Those that were never due. */
    Map<Long, BoshRequest> left() {
        return early;
    }
}
