package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.xmpp.Ns;
import java.nio.charset.StandardCharsets;

/**
 * What goes out on one connection, as XML: headers, elements, the end (RFC 6120 section 4). Confined to the event loop,
 * except for {@link #element} and {@link #bytes}.
 */
final class StreamOutput {
    private static final byte[] DECLARATION = "<?xml version='1.0'?>".getBytes(StandardCharsets.US_ASCII);
    /** All streams to clients have the same prefixes, so a stanza looks the same on each. */
    private static final XmlWriter WRITER =
            XmlWriter.inStream(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT));

    private final Outbox outbox;
    private final Runnable overflow;
    private boolean opened;

    /** @param overflow runs, on any thread, when the client reads too slowly for what it gets */
    StreamOutput(Outbox outbox, Runnable overflow) {
        this.outbox = outbox;
        this.overflow = overflow;
    }

    /** Whether a header is out, without which nothing can be said. */
    boolean isOpened() {
        return opened;
    }

    void header(Element header) {
        opened = true;
        put(DECLARATION);
        put(XmlWriter.inStream(header).open());
    }

    /** Behind everything that was put in before. Thread-safe. */
    void element(Element element) {
        put(rendered(element));
    }

    /** What has been {@link #rendered}. Thread-safe. */
    void bytes(byte[] xml) {
        put(xml);
    }

    static byte[] rendered(Element element) {
        return WRITER.write(element);
    }

    /** All that was said goes to the socket, and another header is due. */
    void restart() {
        outbox.flush();
        opened = false;
    }

    /** {@code </stream:stream>}, and nothing after it. */
    void end() {
        outbox.end(WRITER.close());
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
