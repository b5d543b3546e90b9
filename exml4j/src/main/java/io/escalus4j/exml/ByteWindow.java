package io.escalus4j.exml;

import java.nio.ByteBuffer;

/**
 * The bytes that were fed and not let go yet, and where in the stream they stand. Holds a chunk and the element that it
 * did not finish, never more; a large array is let go once it is read. Confined to its parser.
 */
final class ByteWindow {
    /** A place in the input: bytes from 0, lines and characters from 1. */
    record Position(long offset, int line, int column) {}

    private static final int SMALLEST = 512;
    private static final int LARGEST_KEPT = 16 * 1024;
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    /** Where the bytes begin that are needed still. */
    private int start;

    private int head;
    private int tail;
    // where start is in the input
    private long offset;
    private int line = 1;
    private int column = 1;

    void append(byte[] added, int from, int length) {
        makeRoom(length);
        System.arraycopy(added, from, bytes, tail, length);
        tail += length;
    }

    void append(ByteBuffer added) {
        int length = added.remaining();
        makeRoom(length);
        added.get(bytes, tail, length);
        tail += length;
    }

    /** Moves what is left to the front only if that is the smaller half, so that a byte moves a bounded number of times. */
    private void makeRoom(int length) {
        if (length <= capacity() - tail) {
            return;
        }
        int needed = tail - start;
        int capacity = Math.addExact(needed, length + Words.SLACK);
        boolean fits = capacity <= bytes.length && needed <= start;
        byte[] target = fits ? bytes : new byte[Math.max(Math.max(capacity, SMALLEST), grown(needed))];
        System.arraycopy(bytes, start, target, 0, needed);
        bytes = target;
        head -= start;
        tail -= start;
        start = 0;
    }

    /** Room for what an element that has come this far may still be. */
    private static int grown(int length) {
        return (int) Math.min((length < LARGEST_KEPT ? 4L : 2L) * length, Integer.MAX_VALUE - 8);
    }

    /** How many bytes it can hold, {@link Words#SLACK} behind them apart. */
    int capacity() {
        return Math.max(0, bytes.length - Words.SLACK);
    }

    /** The array that {@link #start()}, {@link #head()} and {@link #tail()} count in, until the next append. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the element begins that is being read. */
    int start() {
        return start;
    }

    /** Where the unread bytes begin. */
    int head() {
        return head;
    }

    /** Where the unread bytes end. */
    int tail() {
        return tail;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** Bytes read since the start of the input. */
    long offset() {
        return offset + head - start;
    }

    /** Marks everything before {@code index} as read; it stays until it is let go. */
    void readTo(int index) {
        head = index;
    }

    /** Marks everything before {@code index} as read and lets it go; {@code plain}: that is one byte per character, and no line end. */
    void letGo(int index, boolean plain) {
        if (plain) {
            offset += index - start;
            column += index - start;
        } else {
            Position reached = positionOf(index);
            offset = reached.offset();
            line = reached.line();
            column = reached.column();
        }
        head = index;
        start = index;
        if (head == tail) {
            start = 0;
            head = 0;
            tail = 0;
            bytes = bytes.length > LARGEST_KEPT ? NONE : bytes;
        }
    }

    Position positionOf(int index) {
        int lines = 0;
        int lineStart = start;
        for (int i = lineEnd(start, index); i < index; i = lineEnd(lineStart, index)) {
            lines++;
            lineStart = i + 1;
        }
        int characters = index - lineStart - Words.continuations(bytes, lineStart, index);
        return new Position(offset + index - start, line + lines, (lines == 0 ? column : 1) + characters);
    }

    private int lineEnd(int from, int to) {
        return Words.indexOf((byte) '\n', bytes, from, to);
    }

    /** Counts from 0 again; unread bytes stay. */
    void restart() {
        start = head;
        offset = 0;
        line = 1;
        column = 1;
    }

    void clear() {
        start = 0;
        head = 0;
        tail = 0;
        bytes = NONE;
    }
}
