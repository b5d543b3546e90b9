package io.escalus4j.server.stream;

import io.escalus4j.server.module.Hook.Late;
import io.escalus4j.server.xmpp.Stanza;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The stanzas that were sent to a client and not acknowledged by it, oldest first (XEP-0198 section 4). Not thread-safe.
 *
 * <p>It counts in 64 bits; on the wire a count is modulo 2^32, and is read as the one that is next to what was
 * acknowledged last.
 */
final class Unacked {
    static final long WRAP = 1L << 32;

    private record Entry(Late stanza, int bytes) {}

    private final int maxStanzas;
    private final int maxBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long acknowledged;
    private long bytes;

    Unacked(int maxStanzas, int maxBytes) {
        this(maxStanzas, maxBytes, 0);
    }

    /** @param acknowledged where counting begins */
    Unacked(int maxStanzas, int maxBytes, long acknowledged) {
        this.maxStanzas = maxStanzas;
        this.maxBytes = maxBytes;
        this.acknowledged = acknowledged;
    }

    /** Puts one in; {@code false} if there are more now than there may be. */
    boolean add(Stanza stanza, Instant sent, boolean copy, int size) {
        entries.addLast(new Entry(new Late(stanza, sent, copy), size));
        bytes += size;
        return entries.size() <= maxStanzas && (bytes <= maxBytes || entries.size() == 1);
    }

    /** Whether less than half of what there may be is there. */
    boolean hasRoom() {
        return entries.size() < maxStanzas / 2 && bytes < maxBytes / 2;
    }

    /** Whether it is time to ask once more, although an answer is due. */
    boolean isAtLimit() {
        return entries.size() == maxStanzas || entries.size() == maxStanzas / 2;
    }

    /** Whether the client can have handled {@code h} stanzas; a count that it had told before is nothing new, and no fault. */
    boolean allows(long h) {
        long count = count(h);
        long older = count - WRAP;
        return count <= sent() || older >= 0 && acknowledged - older < WRAP / 2;
    }

    /** Forgets what the client has handled; returns how many that were. To be called if {@link #allows} says so. */
    int acknowledge(long h) {
        long count = count(h);
        int handled = count <= sent() ? (int) (count - acknowledged) : 0;
        for (int i = 0; i < handled; i++) {
            bytes -= entries.removeFirst().bytes();
        }
        acknowledged += handled;
        return handled;
    }

    private long count(long h) {
        return acknowledged + Math.floorMod(h - acknowledged, WRAP);
    }

    /** How many were sent, as the wire has it. */
    long sentOnTheWire() {
        return sent() % WRAP;
    }

    private long sent() {
        return acknowledged + entries.size();
    }

    int size() {
        return entries.size();
    }

    List<Late> stanzas() {
        return entries.stream().map(Entry::stanza).toList();
    }
}
