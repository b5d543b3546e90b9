package io.escalus4j.history;

import java.util.regex.Pattern;

/**
 * Makes text that anybody may have written safe to stand in HTML, in text and in quoted attributes alike. Characters
 * that are not seen but do something (control, bidirectional overrides) are shown by their number.
 */
public final class Html {
    /** Colours of a terminal. */
    private static final Pattern ANSI = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");

    private Html() {}

    public static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        ANSI.matcher(text).replaceAll("").codePoints().forEach(c -> escape(c, out));
        return out.toString();
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> visible(c, out);
        }
    }

    private static void visible(int c, StringBuilder out) {
        if (isHidden(c)) {
            out.append("\u27E8U+%04X\u27E9".formatted(c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static boolean isHidden(int c) {
        return c < 0x20 && c != '\n' && c != '\t'
                || c >= 0x7F && c < 0xA0
                || c >= 0x200B && c <= 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c == 0xFEFF
                || c >= 0xD800 && c <= 0xDFFF;
    }

    /** {@code a_sent_chat_reaches_bob()} as a sentence: {@code a sent chat reaches bob}. */
    static String sentence(String name) {
        return name.replaceAll("\\(.*\\)$", "").replace('_', ' ').strip();
    }
}
