package io.escalus4j.exml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes UTF-8 and escapes what it is given as text or as an attribute's value; keeps the bytes or only counts them. Confined to one call. */
final class ByteSink {
    private static final int CAPACITY = 256;
    /** Text has none, and {@code <} is marked anyway. */
    private static final byte NO_QUOTE = '<';
    /** Longer values are looked through as bytes, eight at a time. */
    private static final int LONGEST_SHORT = 48;

    private static final boolean[] PLAIN = plainCharacters();

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
        makeRoom(1);
        bytes[length++] = (byte) b;
        return this;
    }

    private void makeRoom(int count) {
        if (count <= bytes.length - length) {
            return;
        }
        if (!keeps) {
            forgotten += length;
            length = 0;
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
        }
    }

    ByteSink bytes(byte[] source, int from, int count) {
        if (keeps) {
            makeRoom(count);
            System.arraycopy(source, from, bytes, length, count);
            length += count;
        } else {
            forgotten += count;
        }
        return this;
    }

    /** A name or a mark-up: short, and mostly ASCII. */
    ByteSink string(String s) {
        makeRoom(s.length());
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= 0x80) {
                return utf8(s);
            }
            target[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    private ByteSink utf8(String s) {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        return bytes(utf8, 0, utf8.length);
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
        escaped(value, (byte) quote, greater);
        put(quote);
    }

    /** A CDATA section where the text wants it, unless it is {@code plain} or has what a section cannot carry. */
    ByteSink text(Text text, boolean plain) {
        String value = text.value();
        if (text.isCdata() && !plain && value.indexOf('\r') < 0) {
            string("<![CDATA[").utf8(value.replace("]]>", "]]]]><![CDATA[>")).string("]]>");
        } else {
            escaped(value, NO_QUOTE, "&gt;");
        }
        return this;
    }

    private void escaped(String value, byte quote, String greater) {
        if (value.length() > LONGEST_SHORT || !plain(value)) {
            marked(value, quote, greater);
        }
    }

    /** Writes a value that is short and stays as it is everywhere; otherwise does nothing. */
    private boolean plain(String value) {
        makeRoom(value.length());
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || !PLAIN[c]) {
                return false;
            }
            target[at++] = (byte) c;
        }
        length = at;
        return true;
    }

    private static boolean[] plainCharacters() {
        var plain = new boolean[0x80];
        for (char c = ' '; c < 0x80; c++) {
            plain[c] = "<>&'\"".indexOf(c) < 0;
        }
        return plain;
    }

    /** Copies what lies between the few bytes that are written otherwise. */
    private void marked(String value, byte quote, String greater) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        int at = Words.marked(quote, utf8, from, utf8.length);
        while (at < utf8.length) {
            String escape =
                    utf8[at] == '>' ? greater : quote == NO_QUOTE ? textEscape(utf8[at]) : valueEscape(utf8[at]);
            bytes(utf8, from, at - from);
            if (escape.isEmpty()) {
                put(utf8[at]);
            } else {
                string(escape);
            }
            from = at + 1;
            at = Words.marked(quote, utf8, from, utf8.length);
        }
        bytes(utf8, from, at - from);
    }

    /** Of a byte that is {@link Words#marked}; empty if it stays. */
    private static String textEscape(byte b) {
        return switch (b) {
            case '<' -> "&lt;";
            case '&' -> "&amp;";
            case '\r' -> "&#xD;";
            default -> "";
        };
    }

    /** Tab, line feed and carriage return as references: a parser would turn them into spaces (XML 1.0 section 3.3.3). */
    private static String valueEscape(byte b) {
        return switch (b) {
            case '<' -> "&lt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\t' -> "&#x9;";
            case '\n' -> "&#xA;";
            case '\r' -> "&#xD;";
            default -> "";
        };
    }
}
