package io.escalus4j.exml;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns the bytes of an XML stream, in chunks of any size, into {@link StreamEvent}s.
 *
 * <pre>{@code
 * var parser = StreamParser.ofStream(XmlLimits.STANDARD);
 * parser.feed(bytes);
 * for (var event = parser.next(); event.isPresent(); event = parser.next()) {
 *     handle(event.get());
 * }
 * }</pre>
 *
 * <p>Strict: what is not well-formed or not allowed on a stream (RFC 6120 section 11.1) throws an {@link XmlException},
 * and so does every later call until {@link #reset()} or {@link #clear()}. How the bytes are cut into chunks changes
 * neither the events nor the error; a rule broken inside of a tag or a run of text shows when that has come whole. A
 * pulled parser reads no further than it is asked to: bytes behind an event stay where they are, which is what STARTTLS
 * needs. It holds one element and what was fed since, so read all events after each chunk. Confined to one thread at a
 * time.
 *
 * <p>On a stream an opening tag of depth one that has the name of the stream's root, in the namespace
 * {@code http://etherx.jabber.org/streams}, is a restart (RFC 6120 section 4.3.3): a second {@link StreamEvent.Start}.
 */
public final class StreamParser {
    /** What the bytes are. */
    public enum Mode {
        /** One root that stays open, its children are the events; restricted XML. */
        STREAM,
        /** Each top-level element is an event (RFC 7395); restricted XML. */
        FRAMED,
        /** One whole document; comments and processing instructions are skipped. */
        DOCUMENT
    }

    private final Mode mode;
    private final ByteWindow window = new ByteWindow();
    private final EventReader reader;
    private Optional<XmlException> failure = Optional.empty();

    private StreamParser(Mode mode, XmlLimits limits) {
        this.mode = mode;
        this.reader = new EventReader(mode, window, limits);
    }

    public static StreamParser ofStream(XmlLimits limits) {
        return new StreamParser(Mode.STREAM, limits);
    }

    /** For RFC 7395; the frames may also come in pieces or several at a time. */
    public static StreamParser ofFrames(XmlLimits limits) {
        return new StreamParser(Mode.FRAMED, limits);
    }

    public static StreamParser ofDocument(XmlLimits limits) {
        return new StreamParser(Mode.DOCUMENT, limits);
    }

    static Element document(byte[] bytes) {
        var parser = ofDocument(XmlLimits.IN_MEMORY);
        parser.feed(bytes);
        parser.end();
        StreamEvent root = parser.next().orElseThrow();
        parser.next();
        return ((StreamEvent.Whole) root).element();
    }

    public Mode mode() {
        return mode;
    }

    // ---- bytes in

    public void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    /** Takes a copy of these bytes. */
    public void feed(byte[] bytes, int offset, int length) {
        if (isReading()) {
            window.append(bytes, offset, length);
        }
    }

    /** Takes a copy of the remaining bytes and moves the position behind them. */
    public void feed(ByteBuffer bytes) {
        if (isReading()) {
            window.append(bytes);
        } else {
            bytes.position(bytes.limit());
        }
    }

    private boolean isReading() {
        return failure.isEmpty() && !reader.isClosed();
    }

    /** Says that no more bytes will come: what is left unfinished throws {@link XmlException.Kind#UNEXPECTED_END} when it is read. */
    public void end() {
        reader.end();
    }

    /** Other limits from the next element on, for example after authentication. */
    public void limits(XmlLimits limits) {
        reader.limits(limits);
    }

    // ---- a new stream

    /**
     * As new, for a stream restart or a next document: what is open and the position are forgotten. Bytes that
     * were fed and not read stay, since a peer may send its new stream header early; an error has dropped them.
     * To be called right behind an event: of a half-read element only the unread half would stay.
     */
    public void reset() {
        window.restart();
        reader.reset();
        failure = Optional.empty();
    }

    /** As new, and unread bytes are dropped. */
    public void clear() {
        window.clear();
        reset();
    }

    /**
     * Whether every byte that was fed belongs to an event that {@link #next()} gave out. After {@code <starttls/>} this
     * must be so, otherwise somebody put words in before the encryption (RFC 6120 section 5.4.3.3).
     */
    public boolean isDrained() {
        return window.isEmpty() && !reader.isInsideElement();
    }

    /** How many bytes of memory hold input. */
    int capacity() {
        return window.capacity();
    }

    // ---- events out

    /**
     * The next event, empty if more bytes are needed for it.
     *
     * @throws XmlException if the bytes break a rule, and at every call after that
     */
    public Optional<StreamEvent> next() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            return reader.next();
        } catch (Fault fault) {
            var thrown = new XmlException(fault, window.positionOf(fault.index()), reader.path());
            failure = Optional.of(thrown);
            window.clear();
            throw thrown;
        }
    }
}
