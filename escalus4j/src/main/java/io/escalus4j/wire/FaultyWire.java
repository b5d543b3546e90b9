package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A wire on which {@link StanzaFaults} happen; thread-safe as {@link Wire} says. */
final class FaultyWire extends ForwardingWire {
    private final StanzaFaults faults;
    private final Runnable end;

    /** @param end ends the connection */
    FaultyWire(Wire wire, StanzaFaults faults, Runnable end) {
        super(wire);
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
}
