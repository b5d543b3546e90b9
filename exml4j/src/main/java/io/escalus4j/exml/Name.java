package io.escalus4j.exml;

import java.util.Arrays;

/**
 * A valid qualified name and the bytes that it was read from. Knows what it meant last time, which it mostly means
 * again. Confined to its parser.
 */
final class Name {
    /** The longest name that is compared as two words. */
    static final int LONGEST_QUICK = 16;

    private final String prefix;
    private final String local;
    private final byte[] bytes;
    /** The first and the second eight bytes, if there are no more. */
    final long first;

    final long second;
    /** The number of an attribute of this name, or -1 if that depends on its place. */
    int attribute = -1;
    /** The namespace in which an element of this name was found last, and its number. */
    String namespace = "";

    int element = -1;

    Name(String prefix, String local, byte[] bytes) {
        this.prefix = prefix;
        this.local = local;
        this.bytes = bytes;
        byte[] padded = Arrays.copyOf(bytes, Math.max(bytes.length, LONGEST_QUICK));
        this.first = Words.at(padded, 0);
        this.second = Words.at(padded, 8);
    }

    String prefix() {
        return prefix;
    }

    String local() {
        return local;
    }

    int length() {
        return bytes.length;
    }

    boolean isQuick() {
        return bytes.length <= LONGEST_QUICK;
    }

    /** For a quick name: whether each of its characters is one byte. */
    boolean isQuickAscii() {
        return Words.isAscii(first | second);
    }

    boolean isWrittenAs(byte[] source, int from, int to) {
        return Arrays.equals(bytes, 0, bytes.length, source, from, to);
    }

    /** {@link #isWrittenAs} for a quick name, where the source has {@link Words#SLACK}. */
    boolean isQuicklyAt(byte[] source, int from) {
        return Words.low(Words.at(source, from), bytes.length) == first
                && (bytes.length <= 8 || Words.low(Words.at(source, from + 8), bytes.length - 8) == second);
    }

    String qualified() {
        return prefix.isEmpty() ? local : prefix + ':' + local;
    }

    boolean isDeclaration() {
        return prefix.isEmpty() ? local.equals("xmlns") : prefix.equals("xmlns");
    }

    /** The namespace of an attribute of this name, if that is the same everywhere. */
    boolean isFixed() {
        return prefix.isEmpty() || prefix.equals("xml");
    }
}
