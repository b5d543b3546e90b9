package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import io.escalus4j.exml.StreamParser.Mode;
import io.escalus4j.exml.XmlException.Kind;
import java.util.Optional;

/**
 * Puts tokens together to events. Each token is admitted as soon as its first bytes tell what it is, and decoded once
 * its last byte is there. Confined to its parser.
 */
final class EventReader {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ByteWindow window;
    private final TokenScanner scanner;
    private final CharacterDecoder characters;
    private final TagReader tags;
    private final OpenElements elements = new OpenElements();
    private final Grammar grammar;
    private XmlLimits limits;
    private XmlLimits laterLimits;
    /** Where the element that is being read begins, or -1. */
    private long elementStart = -1;
    /** Whether a self-closed root still has to be closed. */
    private boolean endIsDue;
    /** Whether no more bytes will come. */
    private boolean ended;

    EventReader(Mode mode, ByteWindow window, XmlLimits limits) {
        this.window = window;
        this.limits = limits;
        this.laterLimits = limits;
        this.scanner = new TokenScanner(window);
        this.characters = new CharacterDecoder(mode != Mode.DOCUMENT);
        this.tags = new TagReader(characters, limits);
        this.grammar = new Grammar(mode, elements);
    }

    void limits(XmlLimits later) {
        laterLimits = later;
    }

    void end() {
        ended = true;
    }

    void reset() {
        scanner.forget();
        elements.clear();
        grammar.restart();
        elementStart = -1;
        endIsDue = false;
        ended = false;
    }

    /** Whether the stream's closing tag was read. */
    boolean isClosed() {
        return grammar.isClosed();
    }

    boolean isInsideElement() {
        return elementStart >= 0;
    }

    String path() {
        return elements.path();
    }

    Optional<StreamEvent> next() {
        if (endIsDue) {
            endIsDue = false;
            return afterwards(close(), window.tail());
        }
        while (hasToken()) {
            Token token = scanner.token();
            grammar.admit(token, window.head(), window.bytes()[window.head()]);
            int end = token == Token.UNDECIDED ? -1 : scanner.end(token, bound());
            if (end < 0) {
                requireWithinLimit();
                break;
            }
            Optional<StreamEvent> event = afterwards(read(token, window.bytes(), window.head(), end), end);
            if (event.isPresent()) {
                return event;
            }
        }
        requireFinished();
        return Optional.empty();
    }

    /** Counts the token as read; behind the end of a stream nothing is kept. */
    private Optional<StreamEvent> afterwards(Optional<StreamEvent> event, int end) {
        window.readTo(grammar.isClosed() ? window.tail() : end);
        if (grammar.isBetweenElements()) {
            elementStart = -1;
        }
        return event;
    }

    // ---- between elements

    private boolean hasToken() {
        if (elementStart < 0) {
            if (!skipByteOrderMark()) {
                return false;
            }
            skipSpace();
            beginElement();
        }
        return !window.isEmpty();
    }

    private void beginElement() {
        if (!window.isEmpty()) {
            elementStart = window.offset();
            limits = laterLimits;
            tags.limits(limits);
        }
    }

    /** False while it is open whether the input begins with one. */
    private boolean skipByteOrderMark() {
        if (window.offset() > 0) {
            return true;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (window.head() + i == window.tail()) {
                return false;
            }
            if (window.bytes()[window.head() + i] != BYTE_ORDER_MARK[i]) {
                return true;
            }
        }
        window.readTo(window.head() + BYTE_ORDER_MARK.length);
        return true;
    }

    private void skipSpace() {
        int at = window.head();
        while (at < window.tail() && XmlChars.isSpace(window.bytes()[at])) {
            at++;
        }
        if (at > window.head()) {
            window.readTo(at);
            grammar.skipped();
        }
    }

    // ---- limits

    /** Where the element must have ended, as an index. */
    private int bound() {
        long allowed = elementStart + limits.elementBytes() - window.offset();
        return (int) Math.min(window.head() + allowed, Integer.MAX_VALUE);
    }

    private void requireWithinLimit() {
        if (window.tail() > bound()) {
            throw Fault.limit(
                    "elementBytes",
                    bound(),
                    "element is larger than %d bytes, which is the limit 'elementBytes' (RFC 6120 section 13.12)",
                    limits.elementBytes());
        }
    }

    private void requireDepth(int at) {
        if (elements.depth() == limits.depth()) {
            throw Fault.limit(
                    "depth",
                    at,
                    "elements nest deeper than %d, which is the limit 'depth' (RFC 6120 section 13.12)",
                    limits.depth());
        }
    }

    private void requireFinished() {
        if (ended && !(window.isEmpty() && grammar.isComplete())) {
            String missing = elements.depth() == 0
                    ? "an element"
                    : "</" + Excerpt.of(elements.innermost().name().qualified()) + ">";
            throw Fault.of(
                    Kind.UNEXPECTED_END,
                    window.tail(),
                    "the input ends here, it must go on with %s (XML 1.0 section 2.1)",
                    missing);
        }
    }

    // ---- tokens

    private Optional<StreamEvent> read(Token token, byte[] bytes, int from, int to) {
        return switch (token) {
            case START_TAG -> start(tags.startTag(bytes, from, to));
            case END_TAG -> end(bytes, from, to);
            default -> {
                content(token, bytes, from, to);
                yield Optional.empty();
            }
        };
    }

    private void content(Token token, byte[] bytes, int from, int to) {
        switch (token) {
            case TEXT -> elements.text(characters.decode(Run.TEXT, bytes, from, to), false);
            case CDATA -> cdata(bytes, from + "<![CDATA[".length(), to - "]]>".length());
            case DECLARATION -> declaration(bytes, from, to);
            case COMMENT -> comment(bytes, from, to);
            default -> instruction(bytes, from, to);
        }
    }

    private void cdata(byte[] bytes, int from, int to) {
        elements.text(characters.decode(Run.CDATA, bytes, from, to), true);
    }

    private void declaration(byte[] bytes, int from, int to) {
        tags.declaration(bytes, from, to);
        grammar.declared();
    }

    private void comment(byte[] bytes, int from, int to) {
        Skipped.comment(bytes, from, to);
        grammar.skipped();
    }

    private void instruction(byte[] bytes, int from, int to) {
        Skipped.instruction(bytes, from, to);
        grammar.skipped();
    }

    private Optional<StreamEvent> start(StartTag tag) {
        requireDepth(tag.at());
        elements.open(tag);
        if (grammar.isRestart()) {
            elements.clear();
            elements.open(tag);
        }
        if (grammar.opened(tag.at())) {
            endIsDue = tag.selfClosed();
            return Optional.of(new StreamEvent.Start(elements.innermost().toElement()));
        }
        return tag.selfClosed() ? close() : Optional.empty();
    }

    private Optional<StreamEvent> end(byte[] bytes, int from, int to) {
        tags.endTag(bytes, from, to, elements.innermost().name());
        return close();
    }

    private Optional<StreamEvent> close() {
        int rootDepth = grammar.rootDepth();
        Element closed = elements.close(rootDepth);
        if (elements.depth() > rootDepth) {
            return Optional.empty();
        }
        if (elements.depth() == 0) {
            grammar.closed();
        }
        return Optional.of(elements.depth() < rootDepth ? new StreamEvent.End() : new StreamEvent.Whole(closed));
    }
}
