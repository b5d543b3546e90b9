package io.escalus4j.server.route;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;

/**
 * Makes a stanza cheap to send to many: it is rendered once, and each recipient gets those bytes with another {@code to}.
 *
 * <p>An element that a parser gave out keeps its bytes; to set an attribute splices them, to write it copies them. So the
 * stanza is written as it stands in a stream, with some {@code to}, and read back.
 */
final class ForMany {
    /** For fewer it does not pay. */
    private static final int MANY = 4;

    private static final Element HEADER = XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT);
    private static final XmlWriter WRITER = XmlWriter.inStream(HEADER);

    private ForMany() {}

    @SuppressWarnings("unchecked") // the same kind of stanza with an equal element
    static <S extends Stanza> S rendered(S stanza, int recipients) {
        return recipients < MANY
                ? stanza
                : (S) stanza.with(readBack(stanza.element().with("to", "somebody")));
    }

    private static Element readBack(Element element) {
        var parser = StreamParser.ofStream(XmlLimits.IN_MEMORY);
        parser.feed(WRITER.open());
        parser.feed(WRITER.write(element));
        for (var event = parser.next(); event.isPresent(); event = parser.next()) {
            if (event.get() instanceof StreamEvent.Whole whole) {
                whole.element().children(); // which modules look at, for each recipient
                return whole.element();
            }
        }
        throw new IllegalStateException("what was written cannot be read: " + element.name());
    }
}
