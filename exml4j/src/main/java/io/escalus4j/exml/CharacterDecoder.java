package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;
import java.nio.charset.StandardCharsets;

/**
 * Turns the bytes of one run of characters into a string: UTF-8, references (XML 1.0 section 4.1), line ends (2.11),
 * the white space of attribute values (3.3.3). A run of plain ASCII is copied in one go. Confined to its parser.
 */
final class CharacterDecoder {
    /** Where the run stands, which decides what its bytes mean. */
    enum Run {
        TEXT,
        CDATA,
        VALUE
    }

    /** For what was proven: there is nothing to restrict in it. */
    static final CharacterDecoder UNRESTRICTED = new CharacterDecoder(false);

    private final boolean restricted;

    /** {@code restricted}: an unknown entity breaks RFC 6120 section 11.1, otherwise it is not declared. */
    CharacterDecoder(boolean restricted) {
        this.restricted = restricted;
    }

    String decode(Run run, byte[] bytes, int from, int to) {
        int plain = from;
        while (plain < to && isPlain(bytes[plain])) {
            plain++;
        }
        String start = new String(bytes, from, plain - from, StandardCharsets.ISO_8859_1);
        return plain == to ? start : rest(run, bytes, from, plain, to, new StringBuilder(to - from).append(start));
    }

    /** A byte that means itself in every run. */
    private static boolean isPlain(byte b) {
        return b >= 0x20 && b != '&' && b != '>';
    }

    private String rest(Run run, byte[] bytes, int from, int plain, int to, StringBuilder out) {
        int at = plain;
        while (at < to) {
            byte b = bytes[at];
            if (isPlain(b)) {
                out.append((char) b);
                at++;
            } else if (b == '&' && run != Run.CDATA) {
                at = reference(bytes, at, to, out);
            } else if (b == '\r' || b == '\n' || b == '\t') {
                at = space(run, bytes, at, to, out);
            } else {
                at = character(run, bytes, from, at, to, out);
            }
        }
        return out.toString();
    }

    private static int space(Run run, byte[] bytes, int at, int to, StringBuilder out) {
        char kept = bytes[at] == '\t' ? '\t' : '\n';
        out.append(run == Run.VALUE ? ' ' : kept);
        boolean pair = bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n';
        return at + (pair ? 2 : 1);
    }

    private static int character(Run run, byte[] bytes, int from, int at, int to, StringBuilder out) {
        if (run == Run.TEXT && bytes[at] == '>' && endsCdata(bytes, from, at)) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    at - 2,
                    "']]>' stands in text, it must be written ']]&gt;' (XML 1.0 section 2.4)");
        }
        int c = Utf8.character(bytes, at, to);
        out.appendCodePoint(c);
        return at + Utf8.length(c);
    }

    private static boolean endsCdata(byte[] bytes, int from, int at) {
        return at - from >= 2 && bytes[at - 1] == ']' && bytes[at - 2] == ']';
    }

    /** Appends what {@code &…;} stands for; returns where it ends. */
    private int reference(byte[] bytes, int at, int to, StringBuilder out) {
        int semicolon = at + 1;
        while (semicolon < to && bytes[semicolon] != ';') {
            semicolon++;
        }
        if (semicolon == to) {
            throw Fault.of(
                    Kind.INVALID_REFERENCE, at, "'&' without a ';', it must be written '&amp;' (XML 1.0 section 4.1)");
        }
        out.appendCodePoint(referenced(bytes, at, semicolon));
        return semicolon + 1;
    }

    /** What {@code &…;} stands for. */
    int referenced(byte[] bytes, int at, int semicolon) {
        return bytes[at + 1] == '#' ? codePoint(bytes, at, semicolon) : entity(bytes, at, semicolon);
    }

    private int entity(byte[] bytes, int at, int semicolon) {
        String name = new String(bytes, at + 1, semicolon - at - 1, StandardCharsets.UTF_8);
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "apos" -> '\'';
            case "quot" -> '"';
            default -> throw unknown(name, at);
        };
    }

    private Fault unknown(String name, int at) {
        if (!XmlChars.isName(name)) {
            return Fault.of(
                    Kind.INVALID_REFERENCE,
                    at,
                    "'&%s;' is not a reference, '&' must be written '&amp;' (XML 1.0 section 4.1)",
                    Excerpt.of(name));
        }
        return Fault.of(
                restricted ? Kind.RESTRICTED : Kind.INVALID_REFERENCE,
                at,
                "'&%s;' is not known, allowed are amp, lt, gt, apos, quot and numbers (RFC 6120 section 11.1)",
                Excerpt.of(name));
    }

    private static int codePoint(byte[] bytes, int at, int semicolon) {
        boolean hex = bytes[at + 2] == 'x';
        int first = at + (hex ? 3 : 2);
        int c = first == semicolon ? -1 : 0;
        for (int i = first; i < semicolon && c >= 0; i++) {
            int digit = Character.digit(bytes[i], hex ? 16 : 10);
            c = digit < 0 ? -1 : Math.min(c * (hex ? 16 : 10) + digit, Character.MAX_CODE_POINT + 1);
        }
        if (c < 0 || !XmlChars.isChar(c)) {
            String shown = Excerpt.of(new String(bytes, at, semicolon + 1 - at, StandardCharsets.UTF_8));
            throw Fault.of(
                    Kind.INVALID_REFERENCE,
                    at,
                    "'%s' is not a character, allowed are those of XML 1.0 section 2.2",
                    shown);
        }
        return c;
    }
}
