package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.SaslCondition;
import io.escalus4j.server.auth.SaslOffer;
import io.escalus4j.server.auth.SaslStep;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** SASL as XMPP profiles it (RFC 6120 section 6.4): its elements around the mechanisms' bytes. Confined to the event loop. */
final class SaslNegotiation implements SaslProfile {
    private final ClientStream stream;
    private final SaslOffer offer;
    private final SaslExchange exchange;

    SaslNegotiation(ClientStream stream, SaslOffer offer, SaslExchange exchange) {
        this.stream = stream;
        this.offer = offer;
        this.exchange = exchange;
    }

    /** @param waiting the state that goes on if neither side is done */
    CompletionStage<State> received(Element child, State waiting) {
        return switch (child.name()) {
            case "auth" -> started(child, waiting);
            case "response" -> exchange.respond(this, message(child), waiting);
            case "abort" -> exchange.failed(this, SaslCondition.ABORTED, waiting);
            default -> stream.failed(StreamErrors.unsupported(child));
        };
    }

    private CompletionStage<State> started(Element auth, State waiting) {
        if (!stream.mayAuthenticate()) {
            return exchange.failed(this, SaslCondition.ENCRYPTION_REQUIRED, waiting);
        }
        String name = auth.attribute("mechanism", "");
        var mechanism = stream.context().sasl().start(name, offer);
        // who is nobody needs to say nothing (XEP-0175 section 4)
        boolean silent = auth.text().isEmpty() && !name.equals("ANONYMOUS");
        return exchange.start(this, name, mechanism, silent ? Optional.empty() : Optional.of(message(auth)), waiting);
    }

    /** A zero-length message is an equals sign (section 6.4.2). */
    private static String message(Element element) {
        return element.text().equals("=") ? "" : element.text();
    }

    @Override
    public Element challenge(String base64) {
        return Element.text("challenge", Ns.SASL, base64);
    }

    @Override
    public Element failure(SaslCondition condition) {
        return Element.of("failure", Ns.SASL).with(Element.of(condition.wire()));
    }

    @Override
    public CompletionStage<State> succeeded(SaslStep.Success success, State waiting) {
        exchange.succeeded();
        stream.send(Element.text("success", Ns.SASL, SaslExchange.encoded(success.data())));
        stream.restart();
        return ClientStream.next(new Opening(stream, Optional.of(success.principal())));
    }
}
