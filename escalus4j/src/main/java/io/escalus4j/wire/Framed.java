package io.escalus4j.wire;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.XmlWriter;

/** A stream of whole elements, where {@code <open/>} and {@code <close/>} stand for its tags (RFC 7395 section 3.3). */
final class Framed {
    static final String NS = "urn:ietf:params:xml:ns:xmpp-framing";
    static final Element CLOSE = Element.of("close", NS);

    private Framed() {}

    /** What stands for this header. */
    static Element open(Element header) {
        return withAttributes(Element.of("open", NS), header);
    }

    /** The header that this stands for. */
    static Element header(Element open) {
        return withAttributes(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT), open);
    }

    private static Element withAttributes(Element element, Element other) {
        Element all = element;
        for (Attribute attribute : other.attributes()) {
            all = attribute.isDeclaration() ? all : all.with(attribute);
        }
        return all;
    }

    static StreamEvent event(Element element) {
        if (element.is("open", NS)) {
            return new StreamEvent.Start(header(element));
        }
        return element.is("close", NS) ? new StreamEvent.End() : new StreamEvent.Whole(element);
    }
}
