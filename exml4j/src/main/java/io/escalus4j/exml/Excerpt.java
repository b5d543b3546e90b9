package io.escalus4j.exml;

/** A piece of somebody else's input for an error text: short, and without characters that a terminal would obey. */
final class Excerpt {
    private static final int LONGEST = 40;

    private Excerpt() {}

    static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return shown.codePoints()
                .map(c -> isHarmless(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** One byte as a reader would name it: {@code 'x'} or {@code 0x1B}. */
    static String of(byte b) {
        return b > 0x20 && b < 0x7F ? "'" + (char) b + "'" : "0x%02X".formatted(b & 0xFF);
    }
}
