package io.escalus4j.exml;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes UTF-8 and escapes what it is given as text or as an attribute's value; keeps the bytes or only counts them. Confined to one call. */
final class ByteSink {
    private static final int CAPACITY = 512;
    /** 16 KiB. */
    static final int SEGMENT = 16 * 1024;
    /** Text has none, and {@code <} is marked anyway. */
    private static final byte NO_QUOTE = '<';

    private static final int MARKUP_OF_ATTRIBUTE = " =''".length();
    /** Characters that are copied before they are looked through. */
    private static final int BLOCK = 256;

    private final boolean keeps;
    private byte[] bytes;
    private int length;
    /** What was before these bytes. */
    private final List<ByteBuffer> full = new ArrayList<>(0);
    /** How many bytes that was, or would have been. */
    private long forgotten;

    private ByteSink(boolean keeps, byte[] buffer) {
        this.keeps = keeps;
        this.bytes = buffer;
    }

    static ByteSink keeping() {
        return in(new byte[CAPACITY]);
    }

    /** Keeps the bytes in this array, as far as they fit. */
    static ByteSink in(byte[] buffer) {
        return new ByteSink(true, buffer);
    }

    static ByteSink counting() {
        return new ByteSink(false, new byte[CAPACITY]);
    }

    /** {@code  name='value'} alone. */
    static byte[] wholeOf(Attribute attribute) {
        var out = in(new byte[attribute.name().length() + attribute.value().length() + MARKUP_OF_ATTRIBUTE]);
        out.attribute(attribute);
        return out.toBytes();
    }

    /** Its value in quotes alone. */
    static byte[] valueOf(Attribute attribute) {
        var out = in(new byte[attribute.value().length() + 2]);
        return out.quoted(attribute.value(), attribute.spelling()).toBytes();
    }

    byte[] toBytes() {
        if (full.isEmpty()) {
            return Arrays.copyOf(bytes, length);
        }
        var all = ByteBuffer.allocate(Math.addExact((int) forgotten, length));
        full.forEach(all::put);
        return all.put(bytes, 0, length).array();
    }

    /** The array that the bytes began in, or a larger one. */
    byte[] buffer() {
        return full.isEmpty() ? bytes : full.get(0).array();
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
        if (count > bytes.length - length) {
            moveOn(count);
        }
    }

    /** Large output is kept in segments, which are copied once; small output moves to a larger array. */
    private void moveOn(int count) {
        boolean isLarge = length > 0 && length + count > SEGMENT;
        if (!keeps || isLarge) {
            if (keeps) {
                full.add(ByteBuffer.wrap(bytes, 0, length));
                bytes = new byte[Math.max(SEGMENT, count)];
            }
            forgotten += length;
            length = 0;
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
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
        attribute(name, value, Spelling.ANY);
    }

    void attribute(Attribute attribute) {
        if (attribute.spelling() == Spelling.PLAIN && attribute.prefix().isEmpty()) {
            plainAttribute(attribute.name(), attribute.value());
        } else {
            attribute(attribute.qualifiedName(), attribute.value(), attribute.spelling());
        }
    }

    private void plainAttribute(String name, String value) {
        put(' ').string(name).put('=').put('\'');
        length = copy(value, 0, value.length());
        put('\'');
    }

    private void attribute(String name, String value, Spelling spelling) {
        put(' ').string(name).put('=');
        quoted(value, spelling);
    }

    /** A value in its quotes. */
    private ByteSink quoted(String value, Spelling spelling) {
        int quote = spelling == Spelling.PLAIN || value.indexOf('\'') < 0 ? '\'' : '"';
        put(quote);
        escaped(value, spelling, (byte) quote, "&gt;");
        return put(quote);
    }

    /** As Canonical XML 1.0 section 2.3 has it: in double quotes. */
    void canonicalAttribute(String name, String value) {
        put(' ').string(name).put('=').put('"');
        escaped(value, Spelling.ANY, (byte) '"', "");
        put('"');
    }

    /** A CDATA section where the text wants it, unless it is {@code plain} or has what a section cannot carry. */
    ByteSink text(Text text, boolean plain) {
        String value = text.value();
        if (text.isCdata() && !plain && value.indexOf('\r') < 0) {
            string("<![CDATA[").utf8(value.replace("]]>", "]]]]><![CDATA[>")).string("]]>");
        } else {
            escaped(value, text.spelling(), NO_QUOTE, "&gt;");
        }
        return this;
    }

    private void escaped(String value, Spelling spelling, byte quote, String greater) {
        switch (spelling) {
            case PLAIN -> length = copy(value, 0, value.length());
            case LATIN -> latin(value, quote, greater);
            case ANY -> marked(value, quote, greater);
        }
    }

    /**
     * Copies characters that are known to be below U+0100, of which nothing but their low byte is needed; returns where they end.
     * No other way of the JDK looks at none of them.
     */
    @SuppressWarnings("deprecation")
    private int copy(String latin, int from, int to) {
        makeRoom(to - from);
        latin.getBytes(from, to, bytes, length);
        return length + to - from;
    }

    /** Copies a block, and once more what stands in it behind a character that is written otherwise. */
    private void latin(String value, byte quote, String greater) {
        makeRoom(value.length() + value.length() / 8);
        for (int from = 0; from < value.length(); ) {
            int end = copy(value, from, Math.min(from + BLOCK, value.length()));
            int at = quote == NO_QUOTE
                    ? Words.plainText(bytes, length, end)
                    : Words.plainValue(quote, bytes, length, end);
            from += at - length;
            length = at;
            if (at < end) {
                byte b = bytes[at];
                from++;
                if (b < 0) {
                    put(0xC0 | b >> 6 & 0x03).put(0x80 | b & 0x3F);
                } else {
                    escape(b, quote, greater);
                }
            }
        }
    }

    /** Copies what lies between the few bytes that are written otherwise. */
    private void marked(String value, byte quote, String greater) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        int at = Words.marked(quote, utf8, from, utf8.length);
        while (at < utf8.length) {
            bytes(utf8, from, at - from);
            escape(utf8[at], quote, greater);
            from = at + 1;
            at = Words.marked(quote, utf8, from, utf8.length);
        }
        bytes(utf8, from, at - from);
    }

    private void escape(byte b, byte quote, String greater) {
        String escape = b == '>' ? greater : quote == NO_QUOTE ? textEscape(b) : valueEscape(b);
        if (escape.isEmpty()) {
            put(b);
        } else {
            string(escape);
        }
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
