package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Stands before another wire and passes on all that is not overridden; thread-safe as {@link Wire} says. */
abstract class ForwardingWire implements Wire {
    protected final Wire wire;

    ForwardingWire(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void open(Element header) throws IOException {
        wire.open(header);
    }

    @Override
    public void send(Element element) throws IOException {
        wire.send(element);
    }

    @Override
    public final void sendRaw(byte[] bytes) throws IOException {
        wire.sendRaw(bytes);
    }

    @Override
    public final void end() throws IOException {
        wire.end();
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        return wire.next(deadline);
    }

    @Override
    public final void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        wire.secure(trust, domain, deadline);
    }

    @Override
    public final void compress() throws IOException {
        wire.compress();
    }

    @Override
    public final void keepAlive() throws IOException {
        wire.keepAlive();
    }

    @Override
    public final boolean isSecure() {
        return wire.isSecure();
    }

    @Override
    public final Optional<SSLSession> tlsSession() {
        return wire.tlsSession();
    }

    /** Whoever wants to see that does not want what stands before it. */
    @Override
    public final Wire bare() {
        return wire.bare();
    }

    @Override
    public final String describe() {
        return wire.describe();
    }

    @Override
    public final void close() {
        wire.close();
    }

    @Override
    public final void drop() {
        wire.drop();
    }

    @Override
    public final String toString() {
        return wire.toString();
    }
}
