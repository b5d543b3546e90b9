package io.escalus4j.exml;

import java.util.Arrays;

/** Takes UTF-8 and escapes what it is given as text or as an attribute's value; keeps the bytes or only counts them. Confined to one call. */
final class ByteSink {
    private static final int CAPACITY = 256;

    private final boolean keeps;
    private byte[] bytes = new byte[CAPACITY];
    private int length;
    /** Bytes that were counted and forgotten. */
    private long forgotten;

    private ByteSink(boolean keeps) {
        this.keeps = keeps;
    }

    static ByteSink keeping() {
        return new ByteSink(true);
    }

    static ByteSink counting() {
        return new ByteSink(false);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    long size() {
        return forgotten + length;
    }

    ByteSink put(int b) {
        if (length == bytes.length) {
            makeRoom();
        }
        bytes[length++] = (byte) b;
        return this;
    }

    private void makeRoom() {
        if (keeps) {
            bytes = Arrays.copyOf(bytes, length * 2);
        } else {
            forgotten += length;
            length = 0;
        }
    }

    ByteSink bytes(byte[] source, int from, int count) {
        if (!keeps) {
            forgotten += count;
            return this;
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * length, Math.addExact(length, count)));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    ByteSink string(String s) {
        for (int i = 0; i < s.length(); i++) {
            i += character(s, i);
        }
        return this;
    }

    /** {@code  name='value'}, in double quotes where the value has an apostrophe. */
    void attribute(String name, String value) {
        attribute(name, value, value.indexOf('\'') < 0 ? '\'' : '"', "&gt;");
    }

    /** As Canonical XML 1.0 section 2.3 has it: in double quotes. */
    void canonicalAttribute(String name, String value) {
        attribute(name, value, '"', "");
    }

    private void attribute(String name, String value, char quote, String greater) {
        put(' ').string(name).put('=').put(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            i += escaped(value, i, c == '>' ? greater : attributeEscape(c, quote));
        }
        put(quote);
    }

    /** Tab, line feed and carriage return as references: a parser would turn them into spaces (XML 1.0 section 3.3.3). */
    private static String attributeEscape(char c, char quote) {
        return switch (c) {
            case '<' -> "&lt;";
            case '&' -> "&amp;";
            case '"' -> quote == '"' ? "&quot;" : "";
            case '\t' -> "&#x9;";
            case '\n' -> "&#xA;";
            case '\r' -> "&#xD;";
            default -> "";
        };
    }

    /** A CDATA section where the text wants it, unless it is {@code plain} or has what a section cannot carry. */
    void text(Text text, boolean plain) {
        String value = text.value();
        if (text.isCdata() && !plain && value.indexOf('\r') < 0) {
            string("<![CDATA[").string(value.replace("]]>", "]]]]><![CDATA[>")).string("]]>");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            i += escaped(value, i, textEscape(value.charAt(i)));
        }
    }

    private static String textEscape(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '\r' -> "&#xD;";
            default -> "";
        };
    }

    /** Writes {@code escape}, or the character at {@code at} if that is empty; returns how many further chars it took. */
    private int escaped(String s, int at, String escape) {
        if (escape.isEmpty()) {
            return character(s, at);
        }
        string(escape);
        return 0;
    }

    private int character(String s, int at) {
        char c = s.charAt(at);
        if (c < 0x80) {
            put(c);
            return 0;
        }
        return multibyte(s.codePointAt(at));
    }

    private int multibyte(int c) {
        if (c < 0x800) {
            put(0xC0 | c >> 6);
        } else if (c < 0x10000) {
            put(0xE0 | c >> 12).put(0x80 | c >> 6 & 0x3F);
        } else {
            put(0xF0 | c >> 18).put(0x80 | c >> 12 & 0x3F).put(0x80 | c >> 6 & 0x3F);
        }
        put(0x80 | c & 0x3F);
        return Character.charCount(c) - 1;
    }
}
