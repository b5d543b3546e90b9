package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one {@link Name} for the same bytes, so that a name is decoded and checked once per stream, and one string
 * for each default namespace. Bounded: it holds at most {@value #SLOTS} names of at most {@value #LONGEST_KEPT} bytes
 * and as many namespaces, and looks {@value #PROBES} of them up at most, whatever a peer sends; others are made afresh.
 * Confined to its parser.
 */
final class NameTable {
    private record Namespace(byte[] written, String value) {}

    private static final int BITS = 9;
    private static final int SLOTS = 1 << BITS;
    private static final int PROBES = 4;
    private static final int LONGEST_KEPT = 64;

    private static final boolean[] NAME_BYTES = nameBytes();

    private final @Nullable Name[] slots = new Name[SLOTS];
    private final @Nullable Namespace[] namespaces = new Namespace[SLOTS];
    private final ResolvedNames resolved;

    NameTable(ResolvedNames resolved) {
        this.resolved = resolved;
    }

    /** Whether a name may go on with this byte; whether the whole is one is checked when it is taken in. */
    static boolean isNameByte(byte b) {
        return NAME_BYTES[b & 0xFF];
    }

    private static boolean[] nameBytes() {
        var nameBytes = new boolean[256];
        for (int b = 0; b < 256; b++) {
            nameBytes[b] = b >= 0x80 || b == ':' || XmlChars.isNamePart(b);
        }
        return nameBytes;
    }

    // ---- names

    /** The name that begins here, if it is a short one that was met before; the array has {@link Words#SLACK}. */
    @Nullable
    Name known(byte[] bytes, int from) {
        long first = Words.at(bytes, from);
        int length = Words.letters(first);
        if (length < 8 && !isNameByte(bytes[from + length])) {
            return find(Words.low(first, length), 0);
        }
        int end = from + length;
        while (end - from <= Name.LONGEST_QUICK && isNameByte(bytes[end])) {
            end++;
        }
        length = end - from;
        if (length > Name.LONGEST_QUICK) {
            return null;
        }
        return length <= 8
                ? find(Words.low(first, length), 0)
                : find(first, Words.low(Words.at(bytes, from + 8), length - 8));
    }

    private @Nullable Name find(long first, long second) {
        int hash = hash(first, second);
        for (int probe = 0; probe < PROBES; probe++) {
            Name known = slots[hash + probe & SLOTS - 1];
            if (known == null || known.first == first && known.second == second && known.isQuick()) {
                return known;
            }
        }
        return null;
    }

    private static int hash(long first, long second) {
        return (int) ((first * 0x9E3779B97F4A7C15L ^ second * 0xC2B2AE3D27D4EB4FL) >>> 64 - BITS);
    }

    /** @throws Fault if these bytes are no name */
    Name name(byte[] bytes, int from, int to) {
        Name parsed = parse(bytes, from, to);
        if (to - from > LONGEST_KEPT) {
            return parsed;
        }
        int hash = hash(parsed.first, parsed.second);
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = hash + probe & SLOTS - 1;
            Name known = slots[slot];
            if (known == null) {
                slots[slot] = parsed;
                resolved.prepare(parsed);
                return parsed;
            }
            if (known.isWrittenAs(bytes, from, to)) {
                return known;
            }
        }
        return parsed;
    }

    private static Name parse(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        byte[] copy = Arrays.copyOfRange(bytes, from, to);
        return colon == to
                ? new Name("", part(bytes, from, to), copy)
                : new Name(part(bytes, from, colon), part(bytes, colon + 1, to), copy);
    }

    private static String part(byte[] bytes, int from, int to) {
        String part = Utf8.string(bytes, from, to);
        if (!XmlChars.isName(part)) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    from,
                    "'%s' is not a name, it must be an NCName (Namespaces in XML 1.0 section 3)",
                    Excerpt.of(part));
        }
        return part;
    }

    // ---- namespaces

    /** What these bytes mean as the value of {@code xmlns}, if that was {@link #keepNamespace kept}. */
    @Nullable
    String namespace(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        for (int probe = 0; probe < PROBES; probe++) {
            Namespace known = namespaces[hash + probe & SLOTS - 1];
            if (known == null) {
                return null;
            }
            if (Arrays.equals(known.written, 0, known.written.length, bytes, from, to)) {
                return known.value;
            }
        }
        return null;
    }

    /** Bytes that may be the value of {@code xmlns}, and what they mean; returns the string to use for it. */
    String keepNamespace(byte[] bytes, int from, int to, String value) {
        int hash = hash(bytes, from, to);
        for (int probe = 0; probe < PROBES && to - from <= LONGEST_KEPT; probe++) {
            int slot = hash + probe & SLOTS - 1;
            Namespace known = namespaces[slot];
            if (known == null) {
                namespaces[slot] = new Namespace(Arrays.copyOfRange(bytes, from, to), value);
                return value;
            }
            if (Arrays.equals(known.written, 0, known.written.length, bytes, from, to)) {
                return known.value;
            }
        }
        return value;
    }

    /** Of the last bytes, in which namespaces differ. */
    private static int hash(byte[] bytes, int from, int to) {
        int i = to - 8;
        return to - from < 16 ? to - from : hash(Words.at(bytes, i), Words.at(bytes, i - 8) + (to - from));
    }
}
