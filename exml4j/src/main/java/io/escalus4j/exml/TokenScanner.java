package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;
import java.nio.charset.StandardCharsets;

/**
 * Finds where the next token ends without decoding it. Goes on where it stopped when more bytes have come, so that a
 * token in a thousand chunks costs no more than in one. Confined to its parser.
 */
final class TokenScanner {
    private static final byte[] DECLARATION = "<?xml".getBytes(StandardCharsets.US_ASCII);

    private final ByteWindow window;
    /** Bytes of the token that were looked at. */
    private int seen;
    /** The quote that the tag is inside of at {@link #seen}, or 0. */
    private byte quote;
    /** Where the last tag began that {@link #isCutTag}, or -1. */
    private long cutTag = -1;

    TokenScanner(ByteWindow window) {
        this.window = window;
    }

    /** What stands at the head of the window, which is not empty. */
    Token token() {
        byte[] bytes = window.bytes();
        int head = window.head();
        int length = window.tail() - head;
        if (bytes[head] != '<') {
            return Token.TEXT;
        }
        if (length == 1) {
            return Token.UNDECIDED;
        }
        return switch (bytes[head + 1]) {
            case '/' -> Token.END_TAG;
            case '?' -> instruction(bytes, head, length);
            case '!' -> length == 2 ? Token.UNDECIDED : declaration(bytes[head + 2], head);
            default -> Token.START_TAG;
        };
    }

    private static Token instruction(byte[] bytes, int head, int length) {
        for (int i = 2; i < DECLARATION.length; i++) {
            if (i == length) {
                return Token.UNDECIDED;
            }
            if (bytes[head + i] != DECLARATION[i]) {
                return Token.INSTRUCTION;
            }
        }
        if (length == DECLARATION.length) {
            return Token.UNDECIDED;
        }
        return XmlChars.isSpace(bytes[head + DECLARATION.length]) ? Token.DECLARATION : Token.INSTRUCTION;
    }

    private static Token declaration(byte third, int head) {
        return switch (third) {
            case '[' -> Token.CDATA;
            case '-' -> Token.COMMENT;
            case 'D' -> Token.DOCTYPE;
            default ->
                throw Fault.of(
                        Kind.NOT_WELL_FORMED,
                        head,
                        "'<!' before %s, allowed is a CDATA section (RFC 6120 section 11.1)",
                        Excerpt.of(third));
        };
    }

    /**
     * Where the token ends, or -1 if that is not among the bytes before {@code bound} or not here yet. Text ends before
     * the next {@code <}.
     */
    int end(Token token, int bound) {
        int end = find(token, Math.min(bound, window.tail()));
        if (end >= 0) {
            forget();
        }
        return end;
    }

    /** Whether a part of the token was looked at, the rest of which was not there. */
    boolean isWaiting() {
        return seen > 0;
    }

    /**
     * Whether a tag begins here of which nothing is wrong but that its end is not here yet, so that it need not be looked
     * through. True once for a tag, since a tag in a thousand pieces must not be begun a thousand times.
     */
    boolean isCutTag() {
        byte[] bytes = window.bytes();
        int name = window.head() + 1;
        int tail = window.tail();
        if (cutTag == window.offset()
                || tail - name < 1
                || bytes[name - 1] != '<'
                || !NameTable.isNameByte(bytes[name])) {
            return false;
        }
        if (Words.indexOf((byte) '>', bytes, name, tail) < tail
                || Words.indexOf((byte) '<', bytes, name, tail) < tail) {
            return false;
        }
        cutTag = window.offset();
        return true;
    }

    /** The next token is another one. */
    void forget() {
        seen = 0;
        quote = 0;
        cutTag = -1;
    }

    private int find(Token token, int to) {
        return switch (token) {
            case TEXT -> text(to);
            case START_TAG -> startTag(to);
            case END_TAG -> endTag(to);
            case CDATA -> terminated("<![CDATA[", "]]>", to);
            case COMMENT -> terminated("<!--", "-->", to);
            default -> terminated("<?", "?>", to);
        };
    }

    private int text(int to) {
        int end = Words.indexOf((byte) '<', window.bytes(), Math.min(window.head() + seen, to), to);
        return end < to ? end : notYet(to);
    }

    private int endTag(int to) {
        byte[] bytes = window.bytes();
        for (int i = window.head() + Math.max(seen, 1); i < to; i++) {
            if (bytes[i] == '>') {
                return i + 1;
            }
            refuseOpening(bytes[i], i);
        }
        return notYet(to);
    }

    private int startTag(int to) {
        byte[] bytes = window.bytes();
        for (int i = window.head() + Math.max(seen, 1); i < to; i++) {
            i = quote == 0 ? i : Words.plainValue(quote, bytes, i, to);
            byte b = i < to ? bytes[i] : 0;
            refuseOpening(b, i);
            if (b == '>' && quote == 0) {
                return i + 1;
            }
            if (b == '"' || b == '\'') {
                quote = quote == 0 ? b : quote == b ? 0 : quote;
            }
        }
        return notYet(to);
    }

    private static void refuseOpening(byte b, int at) {
        if (b == '<') {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    at,
                    "'<' inside a tag, in a value it must be written '&lt;' (XML 1.0 section 3.1)");
        }
    }

    private int terminated(String opening, String closing, int to) {
        byte[] bytes = window.bytes();
        int head = window.head();
        for (int i = head + seen; i < to; i++) {
            int at = i - head;
            if (at < opening.length() && bytes[i] != opening.charAt(at)) {
                throw Fault.of(
                        Kind.NOT_WELL_FORMED, head, "'<!' is not the start of '%s' (RFC 6120 section 11.1)", opening);
            }
            if (at >= opening.length() + closing.length() - 1 && endsWith(closing, bytes, i)) {
                return i + 1;
            }
        }
        return notYet(to);
    }

    private static boolean endsWith(String closing, byte[] bytes, int last) {
        for (int i = 0; i < closing.length(); i++) {
            if (bytes[last - closing.length() + 1 + i] != closing.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int notYet(int to) {
        seen = Math.max(seen, to - window.head());
        return -1;
    }
}
