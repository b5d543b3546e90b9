package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlWriter;

/**
 * What goes out on one connection, as XML: headers, elements, the end (RFC 6120 section 4). Confined to the event loop,
 * except for {@link #element} and {@link #bytes}.
 */
final class StreamOutput {
    private final Framing framing;
    private final XmlWriter writer;
    private final Outbox outbox;
    private boolean opened;

    StreamOutput(Framing framing, Outbox outbox) {
        this.framing = framing;
        this.writer = framing.writer();
        this.outbox = outbox;
    }

    /** Whether a header is out, without which nothing can be said. */
    boolean isOpened() {
        return opened;
    }

    void header(Element header) {
        opened = true;
        outbox.offer(framing.open(header));
    }

    /** Behind everything that was put in before; {@code false} if it will never be written. Thread-safe. */
    boolean element(Element element) {
        return bytes(writer.write(element));
    }

    /** The same for what has been rendered already. Thread-safe. */
    boolean bytes(byte[] xml) {
        return outbox.offer(xml);
    }

    /** All that was said goes to the socket, and another header is due. */
    void restart() {
        outbox.flush();
        opened = false;
    }

    /** The end of the stream, and nothing after it. */
    void end() {
        outbox.end(framing.close());
    }

    /** Nothing gets in any more. */
    void close() {
        outbox.close();
    }

    /** How many stanzas the socket has not taken. */
    int size() {
        return outbox.size();
    }
}
