package io.escalus4j.exml;

import java.util.Arrays;

/**
 * Notes where the parts of the current element begin, for its {@link Markup}. Offsets count from the element's first
 * byte. Confined to its parser.
 */
final class MarkupBuilder {
    private static final int LARGEST_KEPT = 4096;

    private final ResolvedNames names;
    private int[] parts = new int[64];
    private int length;
    /** Where the last token began that {@link XmlWriter} would write otherwise, or -1. */
    private int odd = -1;

    MarkupBuilder(ResolvedNames names) {
        this.names = names;
    }

    void clear() {
        length = 0;
        odd = -1;
        parts = parts.length > LARGEST_KEPT ? new int[64] : parts;
        if (names.hasStrays()) {
            names.forgetStrays();
        }
    }

    /** The place behind the last part. */
    int length() {
        return length;
    }

    /** Takes back what was noted behind this place. */
    void cut(int place) {
        length = place;
    }

    /** The token that begins here would be written otherwise. */
    void odd(int at) {
        odd = at;
    }

    void leaf(int kind, int number, int at) {
        int place = room(Markup.LEAF_WORDS);
        parts[place] = Markup.word(kind, number);
        parts[place + 1] = at;
    }

    void beginElement(int at) {
        int place = room(Markup.ELEMENT_WORDS);
        parts[place + 1] = at;
    }

    void name(int element, int number) {
        parts[element] = Markup.word(Markup.ELEMENT, number);
    }

    void endElement(int element, int end) {
        parts[element + 2] = end;
        parts[element + 3] = length;
        if (odd < parts[element + 1]) {
            parts[element] = Markup.verbatim(parts[element]);
        }
    }

    private int room(int words) {
        int place = length;
        length += words;
        if (length > parts.length) {
            parts = Arrays.copyOf(parts, 2 * parts.length);
        }
        return place;
    }

    /** Whether no token of the element would be written otherwise. */
    boolean isVerbatim() {
        return odd < 0;
    }

    Markup build(byte[] bytes, int from, int to) {
        byte[] exactly = Arrays.copyOfRange(bytes, from, to);
        int[] exactParts = Arrays.copyOf(parts, length);
        ResolvedName[] meanings = names.hasStrays() ? renumber(exactParts) : names.names();
        return new Markup(exactly, exactParts, meanings);
    }

    /** Numbers that hold for this element alone, so that it does not keep all names of the stream for a few strays. */
    private ResolvedName[] renumber(int[] numbered) {
        var used = new ResolvedName[numbered.length];
        int count = 0;
        for (int at = 0; at < numbered.length; ) {
            int kind = Markup.kind(numbered[at]);
            if (kind == Markup.ATTRIBUTE || kind == Markup.ELEMENT) {
                int number = Markup.number(numbered[at]);
                used[count] = names.get(number);
                numbered[at] += count++ - number;
            }
            at += kind == Markup.ELEMENT ? Markup.ELEMENT_WORDS : Markup.LEAF_WORDS;
        }
        return Arrays.copyOf(used, count);
    }
}
