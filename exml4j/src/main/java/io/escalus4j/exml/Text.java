package io.escalus4j.exml;

/**
 * A run of character data, decoded: {@code &amp;} in the document is {@code &} here. Immutable.
 *
 * <p>A run that stood in a CDATA section is written as one again; two texts are equal when their characters are.
 */
public final class Text implements Node {
    private final String value;
    private final boolean cdata;
    private final Spelling spelling;

    private Text(String value, boolean cdata, Spelling spelling) {
        this.value = value;
        this.cdata = cdata;
        this.spelling = spelling;
    }

    /** Of characters that the parser has checked. */
    static Text trusted(String value, boolean cdata, Spelling spelling) {
        return new Text(value, cdata, spelling);
    }

    /**
     * Text that is escaped on the wire.
     *
     * @throws IllegalArgumentException if XML cannot carry a character of {@code value} (XML 1.0 section 2.2)
     */
    public static Text of(String value) {
        return new Text(value, false, Spelling.ofText(value));
    }

    /** Text that is written as a CDATA section; {@code ]]>} inside is split over two, and one with a carriage return is escaped. */
    public static Text cdata(String value) {
        return new Text(value, true, Spelling.ofText(value));
    }

    public String value() {
        return value;
    }

    public boolean isCdata() {
        return cdata;
    }

    Spelling spelling() {
        return spelling;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
