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
    private final Runnable overflow;
    private boolean opened;

    /** @param overflow runs, on any thread, when the client reads too slowly for what it gets */
    StreamOutput(Framing framing, Outbox outbox, Runnable overflow) {
        this.framing = framing;
        this.writer = framing.writer();
        this.outbox = outbox;
        this.overflow = overflow;
    }

    /** Whether a header is out, without which nothing can be said. */
    boolean isOpened() {
        return opened;
    }

    void header(Element header) {
        opened = true;
        put(framing.open(header));
    }

    /** Behind everything that was put in before. Thread-safe. */
    void element(Element element) {
        put(writer.write(element));
    }

    /** What has been rendered already. Thread-safe. */
    void bytes(byte[] xml) {
        put(xml);
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

    private void put(byte[] bytes) {
        if (!outbox.offer(bytes)) {
            outbox.close();
            overflow.run();
        }
    }

    /** Whatever is still put in is ignored. */
    void close() {
        outbox.close();
    }

    /** How many stanzas the socket has not taken. */
    int size() {
        return outbox.size();
    }
}
