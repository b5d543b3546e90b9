package io.escalus4j.exml;

/** What is known of a string since it was made, so that whoever writes it need not look at each character again. */
enum Spelling {
    /** ASCII that is written as it stands: in text, or as a value between apostrophes. */
    PLAIN,
    /** No character above U+00FF. */
    LATIN,
    ANY;

    private static final int MARKED = 1;
    private static final int APOSTROPHE = 2;
    private static final int WIDE = 4;
    /** Not of XML, or half of a character that may be. */
    private static final int SUSPECT = 8;

    private static final byte[] TRAITS = traits();

    private static byte[] traits() {
        var traits = new byte[0x100];
        for (int c = 0; c < traits.length; c++) {
            boolean marked = c < 0x20 || c >= 0x80 || c == '<' || c == '>' || c == '&';
            traits[c] =
                    (byte) ((marked ? MARKED : 0) | (c == '\'' ? APOSTROPHE : 0) | (XmlChars.isChar(c) ? 0 : SUSPECT));
        }
        return traits;
    }

    /** @throws IllegalArgumentException if XML cannot carry a character of it */
    static Spelling ofText(String text) {
        return of(traits(text) & ~APOSTROPHE);
    }

    /** @throws IllegalArgumentException if XML cannot carry a character of it */
    static Spelling ofValue(String value) {
        return of(traits(value));
    }

    private static Spelling of(int traits) {
        return traits == 0 ? PLAIN : (traits & WIDE) == 0 ? LATIN : ANY;
    }

    private static int traits(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            all |= c < 0x100 ? TRAITS[c] : c < 0xD800 ? WIDE : WIDE | SUSPECT;
        }
        if ((all & SUSPECT) != 0) {
            XmlChars.requireText(text);
        }
        return all & ~SUSPECT;
    }
}
