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
    private final MarkupBuilder parts;
    private final OpenElements elements;
    private final QuickReader quick;
    private final TagReader tags;
    private final Grammar grammar;
    private XmlLimits limits;
    private XmlLimits laterLimits;
    /** Where the element that is being read begins, or -1. */
    private long elementStart = -1;
    /** Whether a self-closed root still has to be closed. */
    private boolean endIsDue;
    /** Whether no more bytes will come. */
    private boolean ended;
    /** Whether the next token needs more bytes. */
    private boolean starved;
    /** Whether a token of the current element had to be read carefully. */
    private boolean wasCareful;

    EventReader(Mode mode, ByteWindow window, XmlLimits limits) {
        this.window = window;
        this.limits = limits;
        this.laterLimits = limits;
        this.scanner = new TokenScanner(window);
        this.characters = new CharacterDecoder(mode != Mode.DOCUMENT);
        var names = new ResolvedNames();
        var table = new NameTable(names);
        this.parts = new MarkupBuilder(names);
        this.elements = new OpenElements(table, names, parts);
        this.quick = new QuickReader(elements, table, names, parts, limits);
        this.tags = new TagReader(table, characters, limits);
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
        quick.forget();
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
            return afterwards(close(window.head()), window.tail());
        }
        starved = false;
        while (!starved && hasToken()) {
            Optional<StreamEvent> event = scanner.isWaiting() ? carefully() : quickly();
            if (event.isPresent()) {
                return event;
            }
        }
        requireFinished();
        return Optional.empty();
    }

    /** As many tokens as can be read in one pass, or else one carefully. */
    private Optional<StreamEvent> quickly() {
        int head = window.head();
        int at = grammar.isQuick()
                ? quick.read(
                        window.bytes(), window.start(), head, Math.min(bound(), window.tail()), grammar.rootDepth())
                : head;
        if (at == head) {
            return quick.isWithinText() || isCutTag() ? starve() : carefully();
        }
        window.readTo(at);
        return grammar.isBetweenElements() ? afterwards(closed(grammar.rootDepth(), at), at) : Optional.empty();
    }

    /** A tag that may stand here and has not come whole; where nothing more comes the careful readers say what is wrong with it. */
    private boolean isCutTag() {
        return grammar.isQuick() && !ended && scanner.isCutTag();
    }

    /** One token: its end is looked for first, and it is read once that is there. */
    private Optional<StreamEvent> carefully() {
        boolean waited = scanner.isWaiting();
        Token token = scanner.token();
        grammar.admit(token, window.head(), window.bytes()[window.head()]);
        int end = token == Token.UNDECIDED ? -1 : scanner.end(token, bound());
        if (end < 0) {
            return starve();
        }
        // what came in pieces is whole now: the quick way first
        return waited ? Optional.empty() : afterwards(read(token, window.bytes(), window.head(), end), end);
    }

    private Optional<StreamEvent> starve() {
        requireWithinLimit();
        starved = true;
        return Optional.empty();
    }

    /** Counts the token as read; behind the end of a stream nothing is kept. */
    private Optional<StreamEvent> afterwards(Optional<StreamEvent> event, int end) {
        if (grammar.isBetweenElements()) {
            window.letGo(grammar.isClosed() ? window.tail() : end, quick.wasPlain() && !wasCareful);
            parts.clear();
            elementStart = -1;
            wasCareful = false;
        } else {
            window.readTo(end);
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
            quick.limits(limits);
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
        window.letGo(window.head() + BYTE_ORDER_MARK.length, false);
        return true;
    }

    private void skipSpace() {
        int at = window.head();
        while (at < window.tail() && XmlChars.isSpace(window.bytes()[at])) {
            at++;
        }
        if (at > window.head()) {
            window.letGo(at, false);
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
                    : "</" + Excerpt.of(elements.innermostName().qualified()) + ">";
            throw Fault.of(
                    Kind.UNEXPECTED_END,
                    window.tail(),
                    "the input ends here, it must go on with %s (XML 1.0 section 2.1)",
                    missing);
        }
    }

    // ---- tokens

    private Optional<StreamEvent> read(Token token, byte[] bytes, int from, int to) {
        wasCareful = true;
        parts.odd(from - window.start());
        return switch (token) {
            case START_TAG -> start(tags.startTag(bytes, from, to), to);
            case END_TAG -> end(bytes, from, to);
            default -> {
                content(token, bytes, from, to);
                yield Optional.empty();
            }
        };
    }

    private void content(Token token, byte[] bytes, int from, int to) {
        switch (token) {
            case TEXT -> text(Markup.TEXT, characters.decode(Run.TEXT, bytes, from, to), from);
            case CDATA -> cdata(bytes, from + "<![CDATA[".length(), to - "]]>".length());
            case DECLARATION -> declaration(bytes, from, to);
            case COMMENT -> comment(bytes, from, to);
            default -> instruction(bytes, from, to);
        }
    }

    private void cdata(byte[] bytes, int from, int to) {
        text(Markup.CDATA, characters.decode(Run.CDATA, bytes, from, to), from);
    }

    private void text(int kind, String decoded, int from) {
        if (!decoded.isEmpty()) {
            parts.leaf(kind, 0, from - window.start());
        }
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

    private Optional<StreamEvent> start(StartTag tag, int end) {
        requireDepth(tag.at());
        elements.open(tag, window.start(), grammar.rootDepth());
        if (grammar.isRestart()) {
            elements.clear();
            elements.open(tag, window.start(), 0);
        }
        if (grammar.opened(tag.at())) {
            endIsDue = tag.selfClosed();
            // it has no end: not to be written as it stands
            parts.odd(0);
            return Optional.of(new StreamEvent.Start(take(0, end)));
        }
        return tag.selfClosed() ? close(end) : Optional.empty();
    }

    private Optional<StreamEvent> end(byte[] bytes, int from, int to) {
        tags.endTag(bytes, from, to, elements.innermostName());
        return close(to);
    }

    private Optional<StreamEvent> close(int end) {
        int rootDepth = grammar.rootDepth();
        elements.close(end - window.start());
        return closed(rootDepth, end);
    }

    private Optional<StreamEvent> closed(int rootDepth, int end) {
        int depth = elements.depth();
        if (depth > rootDepth) {
            return Optional.empty();
        }
        if (depth == 0) {
            grammar.closed();
        }
        return Optional.of(depth < rootDepth ? new StreamEvent.End() : new StreamEvent.Whole(take(depth, end)));
    }

    /** The element at this depth, of the bytes up to {@code end}. */
    private Element take(int depth, int end) {
        return elements.take(depth, window.bytes(), window.start(), end);
    }
}
