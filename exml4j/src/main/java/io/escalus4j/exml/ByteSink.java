package io.escalus4j.exml;

import java.util.Arrays;

/** A growing array of UTF-8 that escapes what it is given as text or as an attribute's value. Confined to one call. */
final class ByteSink {
    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        this.bytes = new byte[capacity];
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    ByteSink put(int c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) c;
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
        int quote = value.indexOf('\'') < 0 ? '\'' : '"';
        put(' ').string(name).put('=').put(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String escape = attributeEscape(c, quote);
            if (escape.isEmpty()) {
                i += character(value, i);
            } else {
                string(escape);
            }
        }
        put(quote);
    }

    /** Tab, line feed and carriage return as references: a parser would turn them into spaces (XML 1.0 section 3.3.3). */
    private static String attributeEscape(char c, int quote) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> quote == '"' ? "&quot;" : "";
            case '\t' -> "&#x9;";
            case '\n' -> "&#xA;";
            case '\r' -> "&#xD;";
            default -> "";
        };
    }

    void text(Text text) {
        if (text.isCdata() && text.value().indexOf('\r') < 0) {
            string("<![CDATA[")
                    .string(text.value().replace("]]>", "]]]]><![CDATA[>"))
                    .string("]]>");
            return;
        }
        String value = text.value();
        for (int i = 0; i < value.length(); i++) {
            String escape = textEscape(value.charAt(i));
            if (escape.isEmpty()) {
                i += character(value, i);
            } else {
                string(escape);
            }
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

    /** Writes the character at {@code at}; returns how many further chars it took. */
    private int character(String s, int at) {
        char c = s.charAt(at);
        if (c < 0x80) {
            put(c);
            return 0;
        }
        int codePoint = s.codePointAt(at);
        if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
        } else if (codePoint < 0x10000) {
            put(0xE0 | codePoint >> 12).put(0x80 | codePoint >> 6 & 0x3F);
        } else {
            put(0xF0 | codePoint >> 18).put(0x80 | codePoint >> 12 & 0x3F).put(0x80 | codePoint >> 6 & 0x3F);
        }
        put(0x80 | codePoint & 0x3F);
        return Character.charCount(codePoint) - 1;
    }
}
