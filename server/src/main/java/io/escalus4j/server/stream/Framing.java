package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.xmpp.Ns;
import java.nio.charset.StandardCharsets;

/**
 * How a stream's XML is cut up on its way. What goes to many is rendered once per {@link #writer}, of which there are
 * two: within a stream, and alone. Thread-safe.
 *
 * <p>A session keeps elements, not bytes, so that it can go on over another framing (XEP-0198 section 5).
 */
public enum Framing {
    /** One document that lasts as long as the connection (RFC 6120 section 4). */
    STREAM {
        @Override
        byte[] open(Element header) {
            byte[] tag = XmlWriter.inStream(header).open();
            byte[] all = new byte[DECLARATION.length + tag.length];
            System.arraycopy(DECLARATION, 0, all, 0, DECLARATION.length);
            System.arraycopy(tag, 0, all, DECLARATION.length, tag.length);
            return all;
        }

        @Override
        byte[] close() {
            return WITHIN.close();
        }
    },
    /** Each element is a document of its own, {@code <open/>} and {@code <close/>} too (RFC 7395 section 3.3). */
    FRAMES {
        @Override
        byte[] open(Element header) {
            return ALONE.write(Frames.open(header));
        }

        @Override
        byte[] close() {
            return ALONE.write(Frames.CLOSE);
        }
    },
    /** Each element is within a {@code <body/>}, which also says what a header and its end would (XEP-0206). */
    BODIES {
        @Override
        byte[] open(Element header) {
            return NOTHING;
        }

        @Override
        byte[] close() {
            return NOTHING;
        }
    };

    private static final byte[] NOTHING = {};
    private static final byte[] DECLARATION = "<?xml version='1.0'?>".getBytes(StandardCharsets.US_ASCII);
    /** All streams to clients have the same prefixes, so a stanza looks the same on each. */
    private static final XmlWriter WITHIN =
            XmlWriter.inStream(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT));

    private static final XmlWriter ALONE = XmlWriter.standalone();

    abstract byte[] open(Element header);

    abstract byte[] close();

    /** What renders the elements. */
    public XmlWriter writer() {
        return this == STREAM ? WITHIN : ALONE;
    }

    /** The other way: what the peer's bytes are. */
    StreamInput input(XmlLimits limits) {
        return this == STREAM ? new ParsedInput(limits) : new FramedInput(limits);
    }

    /** Elsewhere TLS is a matter of HTTP (RFC 7395 section 3.9, XEP-0206 section 5). */
    boolean hasStartTls() {
        return this == STREAM;
    }
}
