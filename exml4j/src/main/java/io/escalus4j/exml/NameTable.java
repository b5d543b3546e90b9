package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one {@link Name} for the same bytes, so that a name is decoded and checked once per stream. Bounded: it
 * holds at most {@value #SLOTS} names of at most {@value #LONGEST_KEPT} bytes and looks {@value #PROBES} of them up at
 * most, whatever a peer sends; other names are made afresh. Confined to its parser.
 */
final class NameTable {
    private static final int SLOTS = 512;
    private static final int PROBES = 4;
    private static final int LONGEST_KEPT = 64;

    private final @Nullable Name[] slots = new Name[SLOTS];

    Name name(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_KEPT) {
            return parse(bytes, from, to);
        }
        int hash = hash(bytes, from, to);
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (hash + probe) & (SLOTS - 1);
            Name known = slots[slot];
            if (known == null) {
                Name added = parse(bytes, from, to);
                slots[slot] = added;
                return added;
            }
            if (known.isWrittenAs(bytes, from, to)) {
                return known;
            }
        }
        return parse(bytes, from, to);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 9 ^ hash >>> 18;
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
}
