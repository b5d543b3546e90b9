package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.NamespaceChange;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * A stream whose stanzas are in another namespace than {@code jabber:client} (RFC 6120 section 4.8.2), over any wire: who
 * uses it sees and sends {@code jabber:client}, the peer sees the other. Thread-safe as {@link Wire} says.
 */
final class ContentWire implements Wire {
    private final Wire wire;
    private final NamespaceChange outward;
    private final NamespaceChange inward;

    ContentWire(Wire wire, String content) {
        this.wire = wire;
        this.outward = new NamespaceChange(Ns.CLIENT, content);
        this.inward = new NamespaceChange(content, Ns.CLIENT);
    }

    @Override
    public void open(Element header) throws IOException {
        wire.open(header);
    }

    @Override
    public void send(Element element) throws IOException {
        wire.send(outward.of(element));
    }

    @Override
    public void sendRaw(byte[] bytes) throws IOException {
        wire.sendRaw(bytes);
    }

    @Override
    public void end() throws IOException {
        wire.end();
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        return wire.next(deadline)
                .map(event -> event instanceof StreamEvent.Whole whole
                        ? new StreamEvent.Whole(inward.of(whole.element()))
                        : event);
    }

    @Override
    public void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        wire.secure(trust, domain, deadline);
    }

    @Override
    public void compress() throws IOException {
        wire.compress();
    }

    @Override
    public void keepAlive() throws IOException {
        wire.keepAlive();
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return wire.tlsSession();
    }

    @Override
    public boolean isSecure() {
        return wire.isSecure();
    }

    @Override
    public String describe() {
        return wire.describe();
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void drop() {
        wire.drop();
    }
}
