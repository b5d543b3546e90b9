package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.NamespaceChange;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.util.Optional;

/**
 * A stream whose stanzas are in another namespace than {@code jabber:client} (RFC 6120 section 4.8.2), over any wire: who
 * uses it sees and sends {@code jabber:client}, the peer sees the other. Thread-safe as {@link Wire} says.
 */
final class ContentWire extends ForwardingWire {
    private final NamespaceChange outward;
    private final NamespaceChange inward;

    ContentWire(Wire wire, String content) {
        super(wire);
        this.outward = new NamespaceChange(Ns.CLIENT, content);
        this.inward = new NamespaceChange(content, Ns.CLIENT);
    }

    @Override
    public void send(Element element) throws IOException {
        wire.send(outward.of(element));
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        return wire.next(deadline)
                .map(event -> event instanceof StreamEvent.Whole whole
                        ? new StreamEvent.Whole(inward.of(whole.element()))
                        : event);
    }
}
