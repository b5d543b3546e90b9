package io.escalus4j.exml;

import org.jspecify.annotations.Nullable;

/**
 * Reads in one pass what nearly all of a stream is made of, and nothing that it cannot prove: tags without prefixes,
 * whose names were met before and that are written with single spaces, text and values of allowed characters and the
 * five entities. Where it cannot prove that a token is complete, well-formed and within the limits, it leaves it
 * untouched to the careful readers; so it has no errors of its own, and they say all there is to say.
 *
 * <p>Where an element would be written by {@link XmlWriter} with other bytes than it came with, it says so to the
 * {@link MarkupBuilder}. Confined to its parser.
 */
final class QuickReader {
    private static final int UNPROVEN = -1;
    /** The bytes of the longest reference or character, less one. */
    private static final int LONGEST_PIECE = 5;

    private static final long LT = word("lt;");
    private static final long GT = word("gt;");
    private static final long AMP = word("amp;");
    private static final long APOS = word("apos;");
    private static final long QUOT = word("quot;");

    private final OpenElements elements;
    private final NameTable table;
    private final ResolvedNames names;
    private final MarkupBuilder parts;
    private XmlLimits limits;

    private byte[] bytes = {};
    /** Where the element of the {@link MarkupBuilder} begins. */
    private int base;
    /** Behind the last byte that may be read, {@link Words#SLACK} before the end of the array. */
    private int to;
    /** The depth of the elements between which the next one is an event. */
    private int rootDepth;
    /** How far the text is proven that more bytes are needed for, as an offset; or 0. */
    private int proven;
    /** Whether there was nothing but single-byte characters on one line. */
    private boolean plain = true;

    QuickReader(OpenElements elements, NameTable table, ResolvedNames names, MarkupBuilder parts, XmlLimits limits) {
        this.elements = elements;
        this.table = table;
        this.names = names;
        this.parts = parts;
        this.limits = limits;
    }

    void limits(XmlLimits changed) {
        limits = changed;
    }

    /** Whether since the last call all characters took one byte, and none was a line end. */
    boolean wasPlain() {
        boolean was = plain;
        plain = true;
        return was;
    }

    /** Whether the token that was not read is text that has nothing wrong with it so far. */
    boolean isWithinText() {
        return proven > 0;
    }

    /** As new, for another element. */
    void forget() {
        proven = 0;
    }

    /** Reads tokens from {@code from} on, until the element is complete or a token is not proven; returns where that begins. */
    int read(byte[] source, int begin, int from, int behind, int depthOfRoot) {
        bytes = source;
        base = begin;
        to = behind;
        rootDepth = depthOfRoot;
        int at = from;
        while (at < to) {
            int next = token(at);
            if (next < 0) {
                return at;
            }
            at = next;
            if (elements.depth() == rootDepth) {
                return at;
            }
        }
        return at;
    }

    private int token(int at) {
        if (bytes[at] != '<') {
            return elements.depth() > rootDepth ? text(at) : UNPROVEN;
        }
        return bytes[at + 1] == '/' ? endTag(at) : startTag(at);
    }

    // ---- tags

    private int endTag(int at) {
        if (elements.depth() <= rootDepth) {
            return UNPROVEN;
        }
        Name name = elements.innermostName();
        int end = at + 3 + name.length();
        if (!name.isQuick() || end > to || bytes[end - 1] != '>' || !name.isQuicklyAt(bytes, at + 2)) {
            return UNPROVEN;
        }
        if (elements.isInnermostEmpty()) {
            // it would close itself
            parts.odd(at - base);
        }
        elements.close(end - base);
        return end;
    }

    private int startTag(int at) {
        Name name = table.known(bytes, at + 1);
        if (name == null || !name.prefix().isEmpty() || !mayOpen(name)) {
            return UNPROVEN;
        }
        plain &= name.isQuickAscii();
        int entry = parts.length();
        boolean nested = elements.depth() > rootDepth;
        if (nested) {
            parts.beginElement(at - base);
        }
        int end = attributes(name, at + 1 + name.length(), nested ? entry : OpenElements.NO_ENTRY);
        if (end < 0) {
            parts.cut(entry);
        }
        return end;
    }

    private boolean mayOpen(Name name) {
        int depth = elements.depth();
        return depth < limits.depth()
                && name.length() <= limits.nameBytes()
                && !(depth == 1 && name.local().equals(elements.root().local()));
    }

    /** Attributes and the end of the tag; returns where that is. */
    private int attributes(Name name, int from, int entry) {
        String declared = null;
        names.beginTag();
        int at = from;
        for (int count = 0; bytes[at] == ' '; count++) {
            Name attribute = table.known(bytes, at + 1);
            if (attribute == null || count == limits.attributes() || !isFirst(attribute)) {
                return UNPROVEN;
            }
            plain &= attribute.isQuickAscii();
            int value = at + 3 + attribute.length();
            at = value(value);
            if (at < 0) {
                return UNPROVEN;
            }
            parts.leaf(Markup.ATTRIBUTE, attribute.attribute, value - base);
            if (attribute.isDeclaration()) {
                declared = table.namespace(bytes, value, at - 1);
                if (declared == null) {
                    return UNPROVEN;
                }
            }
        }
        return open(name, declared, at, entry);
    }

    private boolean isFirst(Name attribute) {
        return attribute.attribute >= 0
                && attribute.length() <= limits.nameBytes()
                && names.isFirst(attribute.attribute);
    }

    private int open(Name name, @Nullable String declared, int at, int entry) {
        boolean closed = bytes[at] == '/';
        int end = closed ? at + 2 : at + 1;
        if (end > to || bytes[end - 1] != '>') {
            return UNPROVEN;
        }
        String namespace = declared == null ? elements.defaultNamespace() : declared;
        elements.open(name, namespace, declared != null, entry);
        if (closed) {
            elements.close(end - base);
        }
        return end;
    }

    /** A value behind {@code ='}; returns where its closing quote is behind. */
    private int value(int from) {
        if (from > to || bytes[from - 2] != '=') {
            return UNPROVEN;
        }
        byte quote = bytes[from - 1];
        if (quote != '\'') {
            if (quote != '"') {
                return UNPROVEN;
            }
            parts.odd(from - base);
        }
        int at = Words.plainValue(quote, bytes, from, to);
        while (at < to && bytes[at] != quote) {
            at = inValue(at);
            if (at < 0) {
                return UNPROVEN;
            }
            at = Words.plainValue(quote, bytes, at, to);
        }
        return at < to ? at + 1 : UNPROVEN;
    }

    private int inValue(int at) {
        byte b = bytes[at];
        if (b == '&') {
            return reference(at);
        }
        if (b == '>') {
            parts.odd(at - base);
            return at + 1;
        }
        return b < 0 ? multibyte(at) : UNPROVEN;
    }

    // ---- characters

    private int text(int from) {
        int at = Words.plainText(bytes, Math.max(from, base + proven), to);
        proven = 0;
        while (at < to && bytes[at] != '<') {
            int behind = inText(at, from);
            if (behind < 0) {
                return stop(at);
            }
            at = Words.plainText(bytes, behind, to);
        }
        if (at >= to) {
            return stop(to);
        }
        parts.leaf(Markup.TEXT, 0, from - base);
        return at;
    }

    /** Goes on here when there is more, provided that the text is not complete and may only have been cut here. */
    private int stop(int at) {
        if (to - at <= LONGEST_PIECE && Words.indexOf((byte) '<', bytes, at, to) == to) {
            proven = at - base;
        }
        return UNPROVEN;
    }

    private int inText(int at, int from) {
        byte b = bytes[at];
        return switch (b) {
            case '&' -> reference(at);
            case '\n' -> {
                plain = false;
                yield at + 1;
            }
            case '\t' -> at + 1;
            case '>' -> {
                parts.odd(at - base);
                boolean endsCdata = at - from >= 2 && bytes[at - 1] == ']' && bytes[at - 2] == ']';
                yield endsCdata ? UNPROVEN : at + 1;
            }
            default -> b < 0 ? multibyte(at) : UNPROVEN;
        };
    }

    private int multibyte(int at) {
        plain = false;
        int length = Utf8.validLength(bytes, at, to);
        return length == 0 ? UNPROVEN : at + length;
    }

    /** One of the five entities; of these {@link XmlWriter} writes three. */
    private int reference(int at) {
        long word = Words.at(bytes, at + 1);
        int length;
        if (Words.low(word, 3) == LT || Words.low(word, 3) == GT) {
            length = 4;
        } else if (Words.low(word, 4) == AMP) {
            length = 5;
        } else if (Words.low(word, 5) == APOS || Words.low(word, 5) == QUOT) {
            length = 6;
            parts.odd(at - base);
        } else {
            return UNPROVEN;
        }
        return at + length <= to ? at + length : UNPROVEN;
    }

    private static long word(String ascii) {
        long word = 0;
        for (int i = ascii.length() - 1; i >= 0; i--) {
            word = word << 8 | ascii.charAt(i);
        }
        return word;
    }
}
