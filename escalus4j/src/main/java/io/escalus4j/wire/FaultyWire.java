package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A wire on which {@link StanzaFaults} happen; thread-safe as {@link Wire} says. */
final class FaultyWire implements Wire {
    private final Wire wire;
    private final StanzaFaults faults;
    private final Runnable end;

    /** @param end ends the connection */
    FaultyWire(Wire wire, StanzaFaults faults, Runnable end) {
        this.wire = wire;
        this.faults = faults;
        this.end = end;
    }

    @Override
    public void send(Element element) throws IOException {
        if (!faults.drops(element)) {
            for (Element due : faults.order(element)) {
                sendWholeOrCut(due);
            }
        }
    }

    private void sendWholeOrCut(Element element) throws IOException {
        var part = faults.cut(element);
        if (part.isEmpty()) {
            wire.send(element);
        } else {
            wire.sendRaw(part.get().getBytes(StandardCharsets.UTF_8));
            end.run();
        }
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        Optional<StreamEvent> event = wire.next(deadline);
        while (event.filter(this::isLost).isPresent()) {
            event = wire.next(deadline);
        }
        return event;
    }

    private boolean isLost(StreamEvent event) {
        return event instanceof StreamEvent.Whole whole && faults.drops(whole.element());
    }

    @Override
    public void open(Element header) throws IOException {
        wire.open(header);
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

    /** Whoever wants to see that does not want its faults. */
    @Override
    public Wire bare() {
        return wire.bare();
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

    @Override
    public String toString() {
        return wire.toString();
    }
}
