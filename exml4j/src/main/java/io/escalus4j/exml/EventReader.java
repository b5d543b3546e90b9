package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import io.escalus4j.exml.StreamParser.Mode;
import io.escalus4j.exml.XmlException.Kind;
import java.util.Optional;

/**
 * Puts tokens together to events and knows what may stand where. Each token is admitted as soon as its first bytes
 * tell what it is, and decoded once its last byte is there. Confined to its parser.
 */
final class EventReader {
    private static final String STREAMS = "http://etherx.jabber.org/streams";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** How far the stream or document is. */
    private enum Phase {
        /** Nothing was read that an XML declaration must not follow. */
        START,
        /** Before the root, too late for a declaration. */
        PROLOG,
        /** The root is open. */
        ROOT,
        /** An XML declaration was read at depth one: a restart must follow. */
        RESTART,
        /** The root is closed. */
        END
    }

    private final Mode mode;
    private final ByteWindow window;
    private final TokenScanner scanner;
    private final CharacterDecoder characters;
    private final TagReader tags;
    private final OpenElements elements = new OpenElements();
    private XmlLimits limits;
    private XmlLimits laterLimits;
    private Phase phase = Phase.START;
    /** Where the element that is being read begins, or -1. */
    private long elementStart = -1;
    /** Whether a self-closed root still has to be closed. */
    private boolean endIsDue;
    /** Whether no more bytes will come. */
    private boolean ended;

    EventReader(Mode mode, ByteWindow window, XmlLimits limits) {
        this.mode = mode;
        this.window = window;
        this.limits = limits;
        this.laterLimits = limits;
        this.scanner = new TokenScanner(window);
        this.characters = new CharacterDecoder(mode != Mode.DOCUMENT);
        this.tags = new TagReader(characters, limits);
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
        phase = Phase.START;
        elementStart = -1;
        endIsDue = false;
        ended = false;
    }

    /** Whether the stream's closing tag was read. */
    boolean isClosed() {
        return mode == Mode.STREAM && phase == Phase.END;
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
            window.clear();
            return close();
        }
        while (hasToken()) {
            Token token = scanner.token();
            admit(token);
            int end = token == Token.UNDECIDED ? -1 : scanner.end(token, bound());
            if (end < 0) {
                requireWithinLimit();
                break;
            }
            Optional<StreamEvent> event = take(token, end);
            if (event.isPresent()) {
                return event;
            }
        }
        requireFinished();
        return Optional.empty();
    }

    // ---- between elements

    private boolean hasToken() {
        if (isBetweenElements() && elementStart < 0) {
            if (!skipByteOrderMark()) {
                return false;
            }
            skipSpace();
            beginElement();
        }
        return !window.isEmpty();
    }

    /** At a level where elements are events and text is none. */
    private boolean isBetweenElements() {
        return elements.depth() == rootDepth();
    }

    /** How many elements stay open around the events: the stream's root, or none. */
    private int rootDepth() {
        return mode == Mode.STREAM && (phase == Phase.ROOT || phase == Phase.RESTART) ? 1 : 0;
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
        if (phase != Phase.START || window.offset() > 0) {
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
            phase = mode == Mode.DOCUMENT && phase == Phase.START ? Phase.PROLOG : phase;
        }
    }

    // ---- what may stand where

    private void admit(Token token) {
        switch (token) {
            case UNDECIDED -> {}
            case TEXT, CDATA -> admitText();
            case START_TAG ->
                require(
                        phase != Phase.END,
                        Kind.SECOND_ROOT,
                        "an element behind the root, allowed is one (XML 1.0 section 2.1)");
            case END_TAG -> admitEndTag();
            case DECLARATION -> admitDeclaration();
            case COMMENT -> admitInDocument("a comment");
            case INSTRUCTION -> admitInDocument("a processing instruction");
            case DOCTYPE -> throw restricted("a document type declaration");
        }
    }

    private void admitText() {
        if (!isBetweenElements()) {
            return;
        }
        byte first = window.bytes()[window.head()];
        require(
                first < 0 || first >= 0x20,
                Kind.ILLEGAL_CHARACTER,
                "a control character between elements, allowed are those of XML 1.0 section 2.2");
        require(
                phase != Phase.END,
                Kind.CONTENT_AFTER_ROOT,
                "text behind the root, allowed is white space (XML 1.0 section 2.1)");
        require(
                rootDepth() == 0 && mode != Mode.FRAMED,
                Kind.TEXT_IN_STREAM,
                "text between stanzas, allowed is white space (RFC 6120 section 4.4)");
        throw fault(Kind.NOT_WELL_FORMED, "text before the root, it must be '<' (XML 1.0 section 2.1)");
    }

    private void admitEndTag() {
        require(elements.depth() > 0, Kind.MISMATCHED_TAG, "a closing tag where nothing is open (XML 1.0 section 3)");
        require(
                phase != Phase.RESTART,
                Kind.NOT_WELL_FORMED,
                "a closing tag behind an xml declaration, it must be a stream header (RFC 6120 section 4.3.3)");
    }

    private void admitDeclaration() {
        boolean first = isBetweenElements() && phase == Phase.START;
        boolean restart = isBetweenElements()
                && phase == Phase.ROOT
                && elements.root().namespace().equals(STREAMS);
        if (!first && !restart) {
            admitInDocument("an xml declaration behind the start");
            throw fault(Kind.NOT_WELL_FORMED, "an xml declaration, it must be the first thing (XML 1.0 section 2.8)");
        }
    }

    private void admitInDocument(String what) {
        if (mode != Mode.DOCUMENT) {
            throw restricted(what);
        }
    }

    private Fault restricted(String what) {
        return fault(Kind.RESTRICTED, what + ", allowed are elements and text (RFC 6120 section 11.1)");
    }

    private void require(boolean fulfilled, Kind kind, String otherwise) {
        if (!fulfilled) {
            throw fault(kind, otherwise);
        }
    }

    private Fault fault(Kind kind, String message) {
        return Fault.of(kind, window.head(), "%s", message);
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
        if (ended && !isFinished()) {
            String missing = elements.depth() == 0
                    ? "an element"
                    : "</" + elements.innermost().name().qualified() + ">";
            throw Fault.of(
                    Kind.UNEXPECTED_END,
                    window.tail(),
                    "the input ends here, it must go on with %s (XML 1.0 section 2.1)",
                    missing);
        }
    }

    private boolean isFinished() {
        Phase last = mode == Mode.FRAMED ? Phase.START : Phase.END;
        return window.isEmpty() && elements.depth() == 0 && phase == last;
    }

    // ---- tokens

    private Optional<StreamEvent> take(Token token, int end) {
        Optional<StreamEvent> event = read(token, window.bytes(), window.head(), end);
        window.readTo(end);
        if (isBetweenElements()) {
            elementStart = -1;
        }
        if (isClosed()) {
            window.clear();
        }
        return event;
    }

    private Optional<StreamEvent> read(Token token, byte[] bytes, int from, int to) {
        switch (token) {
            case START_TAG -> {
                return start(tags.startTag(bytes, from, to));
            }
            case END_TAG -> {
                tags.endTag(bytes, from, to, elements.innermost().name());
                return close();
            }
            case TEXT -> elements.text(characters.decode(Run.TEXT, bytes, from, to), false);
            case CDATA ->
                elements.text(
                        characters.decode(Run.CDATA, bytes, from + "<![CDATA[".length(), to - "]]>".length()), true);
            case DECLARATION -> declaration(bytes, from, to);
            case COMMENT -> skip(() -> Skipped.comment(bytes, from, to));
            default -> skip(() -> Skipped.instruction(bytes, from, to));
        }
        return Optional.empty();
    }

    private void skip(Runnable check) {
        check.run();
        phase = phase == Phase.START ? Phase.PROLOG : phase;
    }

    private void declaration(byte[] bytes, int from, int to) {
        tags.declaration(bytes, from, to);
        phase = phase == Phase.ROOT ? Phase.RESTART : Phase.PROLOG;
    }

    private Optional<StreamEvent> start(StartTag tag) {
        requireDepth(tag.at());
        elements.open(tag);
        if (isRestart()) {
            elements.clear();
            elements.open(tag);
        } else if (phase == Phase.RESTART && elements.depth() == 2) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    tag.at(),
                    "an element behind an xml declaration, it must be a stream header (RFC 6120 section 4.3.3)");
        }
        if (mode == Mode.STREAM && elements.depth() == 1) {
            phase = Phase.ROOT;
            endIsDue = tag.selfClosed();
            return Optional.of(new StreamEvent.Start(elements.innermost().toElement()));
        }
        return tag.selfClosed() ? close() : Optional.empty();
    }

    /** A header declares its own prefixes, but one that relies on the old stream's is a header all the same (a wrong one). */
    private boolean isRestart() {
        return mode == Mode.STREAM
                && elements.depth() == 2
                && elements.root().namespace().equals(STREAMS)
                && elements.innermost().isNamedAs(elements.root());
    }

    private Optional<StreamEvent> close() {
        int rootDepth = rootDepth();
        Element closed = elements.close(rootDepth);
        if (elements.depth() > rootDepth) {
            return Optional.empty();
        }
        if (elements.depth() < rootDepth) {
            phase = Phase.END;
            return Optional.of(new StreamEvent.End());
        }
        if (mode != Mode.STREAM) {
            phase = mode == Mode.FRAMED ? Phase.START : Phase.END;
        }
        return Optional.of(new StreamEvent.Whole(closed));
    }
}
