package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notes when a stanza was sent that is delivered later, and takes away what clients note in the server's name. Thread-safe. */
public final class DelayedDelivery implements Module {
    static final String NS = "urn:xmpp:delay";

    private final Set<String> domains;

    DelayedDelivery(List<String> domains) {
        this.domains = Set.copyOf(domains);
    }

    @Override
    public Xep xep() {
        return new Xep(203, "Delayed Delivery", "2.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.on(Hook.SENT, Phase.STAMP, this::withoutForgeries);
    }

    /** {@code <delay xmlns='urn:xmpp:delay' from='localhost' stamp='2002-09-10T23:08:25.000Z'>reason</delay>}. */
    public static Element note(String from, Instant sent, String reason) {
        return Element.of("delay", NS)
                .with("from", from)
                .with("stamp", sent.truncatedTo(ChronoUnit.MILLIS).toString())
                .withText(reason);
    }

    /** Whether {@code from} has noted when this was sent. */
    static boolean isNoted(Element stanza, String from) {
        return stanza.elements("delay", NS).stream()
                .anyMatch(note -> note.attribute("from").equals(Optional.of(from)));
    }

    /** Section 5: who reads a note of its own server's may rely on it. */
    private Verdict<Hook.Sent> withoutForgeries(Hook.Sent sent) {
        return Verdict.proceed(sent.stanza().element().has("delay", NS) ? sent.with(this::withoutForgeries) : sent);
    }

    private Element withoutForgeries(Element stanza) {
        return stanza.filter(node -> !(node instanceof Element child && isForged(child)));
    }

    private boolean isForged(Element child) {
        Optional<String> from = child.attribute("from");
        return child.is("delay", NS) && from.filter(domains::contains).isPresent();
    }
}
