package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.stream.StreamMetrics.Direction;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The stream is made: stanzas go both ways (RFC 6120 section 8). */
record Bound(ClientSession session, ClientStream stream, Optional<String> language) implements State {

    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        return stream.failed(StreamErrors.streamInStream());
    }

    @Override
    public CompletionStage<State> received(Element child) {
        if (child.namespace().equals(Ns.SM) && stream.context().offersManagement()) {
            return new Management(session, stream).received(child, this);
        }
        stream.context().metrics().stanza(Direction.IN, child);
        return stream.after(stream.context().ingress().accept(session, inLanguage(child)), done -> {
            session.handled();
            return this;
        });
    }

    /** What names no language is in that of the stream (section 8.1.5). */
    private Element inLanguage(Element child) {
        return language.isEmpty() || child.attribute("xml:lang").isPresent() ? child : child.with("xml:lang", language);
    }
}
