package io.escalus4j.exml;

import java.nio.ByteBuffer;

/**
 * The bytes that were fed and not read yet, and where in the stream they stand. Holds a chunk and the token that it
 * did not finish, never more; a large array is let go once it is read. Confined to its parser.
 */
final class ByteWindow {
    /** A place in the input: bytes from 0, lines and characters from 1. */
    record Position(long offset, int line, int column) {}

    private static final int SMALLEST = 512;
    private static final int LARGEST_KEPT = 16 * 1024;
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int head;
    private int tail;
    private Position position = new Position(0, 1, 1);

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
        if (length <= bytes.length - tail) {
            return;
        }
        int unread = tail - head;
        int needed = Math.addExact(unread, length);
        boolean fits = needed <= bytes.length && unread <= head;
        byte[] target = fits ? bytes : new byte[Math.max(Math.max(needed, SMALLEST), doubled(unread))];
        System.arraycopy(bytes, head, target, 0, unread);
        bytes = target;
        head = 0;
        tail = unread;
    }

    private static int doubled(int length) {
        return (int) Math.min(2L * length, Integer.MAX_VALUE - 8);
    }

    /** The array that {@link #head()} and {@link #tail()} count in, until the next append. */
    byte[] bytes() {
        return bytes;
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

    /** Bytes read since the start. */
    long offset() {
        return position.offset();
    }

    /** Marks everything before {@code index} as read. */
    void readTo(int index) {
        position = positionOf(index);
        head = index;
        if (head == tail) {
            head = 0;
            tail = 0;
            bytes = bytes.length > LARGEST_KEPT ? NONE : bytes;
        }
    }

    Position positionOf(int index) {
        int line = position.line();
        int column = position.column();
        for (int i = head; i < index; i++) {
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            } else if ((bytes[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new Position(position.offset() + index - head, line, column);
    }

    /** Counts from 0 again; unread bytes stay. */
    void restart() {
        position = new Position(0, 1, 1);
    }

    void clear() {
        head = 0;
        tail = 0;
        bytes = NONE;
    }
}
