package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off; and of XML's
 * characters only.
 */
final class Utf8 {
    private Utf8() {}

    /** The bytes as a string, which may hold any character of XML. */
    static String string(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            at += bytes[at] > 0x1F ? 1 : length(character(bytes, at, to));
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** A string as bytes; half of a surrogate pair as the three bytes that it would be, which are not UTF-8. */
    static byte[] bytes(String s) {
        int lone = loneSurrogate(s);
        return lone < 0
                ? s.getBytes(StandardCharsets.UTF_8)
                : ByteSink.keeping()
                        .string(s.substring(0, lone))
                        .put(0xE0 | s.charAt(lone) >> 12)
                        .put(0x80 | s.charAt(lone) >> 6 & 0x3F)
                        .put(0x80 | s.charAt(lone) & 0x3F)
                        .string(s.substring(lone + 1))
                        .toBytes();
    }

    private static int loneSurrogate(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isSurrogate(s.charAt(i))) {
                int c = s.codePointAt(i);
                if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** The character that begins at {@code at}, before {@code end}. */
    static int character(byte[] bytes, int at, int end) {
        int c = bytes[at] >= 0 ? bytes[at] : multibyte(bytes, at, end);
        if (!XmlChars.isChar(c)) {
            throw Fault.of(
                    Kind.ILLEGAL_CHARACTER,
                    at,
                    "U+%04X is not a character of XML, allowed are those of XML 1.0 section 2.2",
                    c);
        }
        return c;
    }

    /** How many bytes the character of several bytes that begins at {@code at} takes, or 0 if it is none or not complete. */
    static int validLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || end - at < length) {
            return 0;
        }
        int c = lead & 0x7F >> length;
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
            c = c << 6 | bytes[i] & 0x3F;
        }
        return length(c) == length && XmlChars.isChar(c) ? length : 0;
    }

    /** How many bytes a character takes. */
    static int length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    private static int multibyte(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            throw invalid(bytes, at, at);
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int c = lead & 0x7F >> length;
        for (int i = at + 1; i < at + length; i++) {
            if (i == end || (bytes[i] & 0xC0) != 0x80) {
                throw invalid(bytes, at, Math.min(i, end - 1));
            }
            c = c << 6 | bytes[i] & 0x3F;
        }
        if (length(c) != length || c >= 0xD800 && c < 0xE000 || c > 0x10FFFF) {
            throw invalid(bytes, at, at + length - 1);
        }
        return c;
    }

    private static Fault invalid(byte[] bytes, int from, int to) {
        var shown = new StringBuilder();
        for (int i = from; i <= to; i++) {
            shown.append(" %02X".formatted(bytes[i] & 0xFF));
        }
        return Fault.of(
                Kind.INVALID_UTF8,
                from,
                "bytes%s are not UTF-8, no other encoding is allowed (RFC 6120 section 11.6)",
                shown);
    }
}
