package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.FastToken;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import java.util.Optional;

/** What a client has for going on later: stream management as it does it by itself (XEP-0198), and a token. Thread-safe. */
record Management(String name, Optional<StreamManagement> counters, Optional<FastToken> token) {

    StreamManagement sm() {
        return counters.orElseThrow(() -> new IllegalStateException(
                "%s has no managed stream, add Steps.streamManagement to its steps".formatted(name)));
    }

    /** Whether it is none of the story's business. */
    boolean takes(Element element) {
        return element.namespace().equals(StreamManagement.NS)
                && (element.name().equals("r") || element.name().equals("a"))
                && counters.filter(sm -> !sm.isManual()).isPresent();
    }

    /** What to say to {@code <r/>}. */
    Optional<Element> answer(Element taken) {
        return taken.name().equals("r") ? Optional.of(StreamManagement.ack(sm().h())) : Optional.empty();
    }

    ConnectionSettings resuming(ConnectionSettings settings, long h) {
        return settings.withSteps(Steps.openStream(), Steps.startTls(), Steps.authenticate(), Steps.resume(sm(), h));
    }

    /** The same over another way, to be found where {@code there} says. */
    ConnectionSettings moving(ConnectionSettings settings, ConnectionSettings there) {
        return resuming(settings.withAddress(there.address()).withTransport(there.transport()), sm().h());
    }
}
