package io.escalus4j.exml;

import io.escalus4j.exml.StreamParser.Mode;
import io.escalus4j.exml.XmlException.Kind;

/**
 * Knows how far the stream or document is, and so what may stand where: XML 1.0 section 2.1 for documents, RFC 6120
 * sections 4 and 11.1 for streams, RFC 7395 for frames. Confined to its parser.
 */
final class Grammar {
    private static final String STREAMS = "http://etherx.jabber.org/streams";

    private enum Phase {
        /** Nothing was read that an XML declaration must not follow. */
        START,
        /** Before the root, too late for a declaration. */
        PROLOG,
        /** The stream's root is open. */
        STREAM,
        /** An XML declaration was read at depth one: a restart must follow. */
        RESTART,
        /** The root is closed. */
        END
    }

    private final Mode mode;
    private final OpenElements elements;
    private Phase phase = Phase.START;

    Grammar(Mode mode, OpenElements elements) {
        this.mode = mode;
        this.elements = elements;
    }

    // ---- where we are

    /** How many elements stay open around those that are events: the stream's root, or none. */
    int rootDepth() {
        return phase == Phase.STREAM || phase == Phase.RESTART ? 1 : 0;
    }

    /** At a level where elements are events and text is none. */
    boolean isBetweenElements() {
        return elements.depth() == rootDepth();
    }

    /** Whether the stream's closing tag was read. */
    boolean isClosed() {
        return mode == Mode.STREAM && phase == Phase.END;
    }

    /** Whether the input may end here. */
    boolean isComplete() {
        return elements.depth() == 0 && phase == (mode == Mode.FRAMED ? Phase.START : Phase.END);
    }

    /**
     * Whether the element that was opened last is a stream header. One declares its own prefixes, but one that relies
     * on the old stream's is a header all the same, a wrong one.
     */
    boolean isRestart() {
        return mode == Mode.STREAM
                && elements.depth() == 2
                && elements.root().namespace().equals(STREAMS)
                && elements.innermost().is(elements.root().local(), STREAMS);
    }

    /** Whether only what stands in the bytes decides on what they are. */
    boolean isQuick() {
        return switch (phase) {
            case START, PROLOG -> mode != Mode.STREAM;
            case STREAM -> true;
            case RESTART, END -> false;
        };
    }

    // ---- what happened

    void restart() {
        phase = Phase.START;
    }

    /** White space, a comment or an instruction was skipped; a stream takes white space as the last stream's. */
    void skipped() {
        phase = mode == Mode.DOCUMENT && phase == Phase.START ? Phase.PROLOG : phase;
    }

    void declared() {
        phase = phase == Phase.STREAM ? Phase.RESTART : Phase.PROLOG;
    }

    /** Returns whether this is a stream's root. */
    boolean opened(int at) {
        if (phase == Phase.RESTART && elements.depth() == 2) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    at,
                    "an element behind an xml declaration, it must be a stream header (RFC 6120 section 4.3.3)");
        }
        boolean root = mode == Mode.STREAM && elements.depth() == 1;
        phase = root ? Phase.STREAM : phase;
        return root;
    }

    /** The root was closed, or the frame's element. */
    void closed() {
        phase = mode == Mode.FRAMED ? Phase.START : Phase.END;
    }

    // ---- what may stand here

    /** Throws unless a token of this sort may begin at index {@code at} with the byte {@code first}. */
    void admit(Token token, int at, byte first) {
        switch (token) {
            case UNDECIDED -> {}
            case TEXT, CDATA -> admitText(at, first);
            case START_TAG ->
                require(
                        phase != Phase.END,
                        Kind.SECOND_ROOT,
                        at,
                        "an element behind the root, allowed is one (XML 1.0 section 2.1)");
            case END_TAG -> admitEndTag(at);
            case DECLARATION -> admitDeclaration(at);
            case COMMENT -> admitInDocument(at, "a comment");
            case INSTRUCTION -> admitInDocument(at, "a processing instruction");
            case DOCTYPE -> throw restricted(at, "a document type declaration");
        }
    }

    private void admitText(int at, byte first) {
        if (!isBetweenElements()) {
            return;
        }
        require(
                first < 0 || first >= 0x20,
                Kind.ILLEGAL_CHARACTER,
                at,
                "a control character, allowed are those of XML 1.0 section 2.2");
        require(
                phase != Phase.END,
                Kind.CONTENT_AFTER_ROOT,
                at,
                "text behind the root, allowed is white space (XML 1.0 section 2.1)");
        require(
                rootDepth() == 0 && mode != Mode.FRAMED,
                Kind.TEXT_IN_STREAM,
                at,
                "text between stanzas, allowed is white space (RFC 6120 section 4.4)");
        throw Fault.of(Kind.NOT_WELL_FORMED, at, "text before the root, it must be '<' (XML 1.0 section 2.1)");
    }

    private void admitEndTag(int at) {
        require(
                elements.depth() > 0,
                Kind.MISMATCHED_TAG,
                at,
                "a closing tag where nothing is open (XML 1.0 section 3)");
        require(
                phase != Phase.RESTART,
                Kind.NOT_WELL_FORMED,
                at,
                "a closing tag behind an xml declaration, it must be a stream header (RFC 6120 section 4.3.3)");
    }

    private void admitDeclaration(int at) {
        boolean first = isBetweenElements() && phase == Phase.START;
        boolean restart = isBetweenElements()
                && phase == Phase.STREAM
                && elements.root().namespace().equals(STREAMS);
        if (!first && !restart) {
            admitInDocument(at, "an xml declaration behind the start");
            throw Fault.of(
                    Kind.NOT_WELL_FORMED, at, "an xml declaration, it must be the first thing (XML 1.0 section 2.8)");
        }
    }

    private void admitInDocument(int at, String what) {
        if (mode != Mode.DOCUMENT) {
            throw restricted(at, what);
        }
    }

    private static Fault restricted(int at, String what) {
        return Fault.of(Kind.RESTRICTED, at, "%s, allowed are elements and text (RFC 6120 section 11.1)", what);
    }

    private static void require(boolean fulfilled, Kind kind, int at, String otherwise) {
        if (!fulfilled) {
            throw Fault.of(kind, at, otherwise);
        }
    }
}
