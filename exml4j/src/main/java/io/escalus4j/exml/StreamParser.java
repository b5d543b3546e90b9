package io.escalus4j.exml;

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
 * and so does every later call until {@link #reset()}. A pulled parser reads no further than it is asked to: bytes
 * behind an event stay where they are, which is what STARTTLS needs. Confined to one thread at a time.
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
}
