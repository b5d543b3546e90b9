package io.escalus4j.server.stream;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.xmpp.Ns;

/** {@code <open/>} and {@code <close/>}, which stand for the tags of a stream where each frame is whole (RFC 7395 section 3.3.2). */
public final class Frames {
    private static final String NS = "urn:ietf:params:xml:ns:xmpp-framing";

    public static final Element CLOSE = Element.of("close", NS);

    private Frames() {}

    /** Has the attributes of {@code header}, but for its declarations. */
    static Element open(Element header) {
        return withAttributes(Element.of("open", NS), header);
    }

    /** For a peer that named its stream's attributes elsewhere. */
    public static Element open() {
        return Element.of("open", NS);
    }

    static boolean isOpen(Element frame) {
        return frame.is("open", NS);
    }

    static boolean isClose(Element frame) {
        return frame.is("close", NS);
    }

    /** The header that an {@code <open/>} stands for. */
    static Element header(Element open) {
        return withAttributes(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT), open);
    }

    private static Element withAttributes(Element element, Element other) {
        Element all = element;
        for (Attribute attribute : other.attributes()) {
            if (!attribute.isDeclaration()) {
                all = all.with(attribute);
            }
        }
        return all;
    }
}
