package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a run that was read before, so that nothing can be wrong with it. Tries it with one byte for each character, as
 * most of what is not ASCII allows: runs of ASCII are copied, what lies between them is one character each. Confined to
 * one call.
 */
final class ProvenText {
    /** What stands here is a character above U+00FF. */
    private static final int WIDE = -1;

    private final Run run;
    private final byte[] bytes;
    private final int to;
    private final byte[] latin;
    private int length;

    private ProvenText(Run run, byte[] bytes, int from, int to) {
        this.run = run;
        this.bytes = bytes;
        this.to = to;
        this.latin = new byte[to - from];
    }

    static String decode(Run run, byte[] bytes, int from, int to) {
        var text = new ProvenText(run, bytes, from, to);
        if (text.isLatin(from)) {
            return new String(text.latin, 0, text.length, StandardCharsets.ISO_8859_1);
        }
        return means(run, bytes, from, to)
                ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
                : CharacterDecoder.UNRESTRICTED.decode(run, bytes, from, to);
    }

    /** Whether each character means itself. */
    private static boolean means(Run run, byte[] bytes, int from, int to) {
        return Words.indexOf((byte) '\r', bytes, from, to) == to
                && (run == Run.CDATA || Words.indexOf((byte) '&', bytes, from, to) == to)
                && (run != Run.VALUE
                        || Words.indexOf((byte) '\n', bytes, from, to) == to
                                && Words.indexOf((byte) '\t', bytes, from, to) == to);
    }

    private boolean isLatin(int from) {
        int at = from;
        while (at >= 0 && at < to) {
            int plain = Words.plainText(bytes, at, to);
            System.arraycopy(bytes, at, latin, length, plain - at);
            length += plain - at;
            at = plain < to ? character(plain) : plain;
        }
        return at >= 0;
    }

    /** Takes the character that begins here, if it is none above U+00FF; returns where it ends, or {@link #WIDE}. */
    private int character(int at) {
        byte b = bytes[at];
        if (b < 0) {
            return b == (byte) 0xC2 || b == (byte) 0xC3 ? put(b << 6 | bytes[at + 1] & 0x3F, at + 2) : WIDE;
        }
        if (b == '&' && run != Run.CDATA) {
            return reference(at);
        }
        if (b == '\r') {
            return put(run == Run.VALUE ? ' ' : '\n', at + (at + 1 < to && bytes[at + 1] == '\n' ? 2 : 1));
        }
        return put(run == Run.VALUE && b < ' ' ? ' ' : b, at + 1);
    }

    private int reference(int at) {
        int semicolon = Words.indexOf((byte) ';', bytes, at, to);
        int c = CharacterDecoder.UNRESTRICTED.referenced(bytes, at, semicolon);
        return c < 0x100 ? put(c, semicolon + 1) : WIDE;
    }

    private int put(int c, int behind) {
        latin[length++] = (byte) c;
        return behind;
    }
}
