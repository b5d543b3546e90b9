package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.FastTokens;
import io.escalus4j.server.auth.SaslCondition;
import io.escalus4j.server.auth.SaslMechanism;
import io.escalus4j.server.auth.SaslOffer;
import io.escalus4j.server.auth.SaslStep;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extensible profile of SASL (XEP-0388): the stream is not opened anew, and what else the client wants comes with its
 * authentication. Confined to the event loop.
 */
final class ExtensibleSasl implements SaslProfile {
    private static final Logger LOG = LoggerFactory.getLogger(ExtensibleSasl.class);

    private final ClientStream stream;
    private final StreamHeader header;
    private final SaslOffer offer;
    private final SaslExchange exchange;
    private AuthenticationRequest request = new AuthenticationRequest(Element.of("authenticate", Ns.SASL2));
    private boolean begun;

    ExtensibleSasl(ClientStream stream, StreamHeader header, SaslOffer offer, SaslExchange exchange) {
        this.stream = stream;
        this.header = header;
        this.offer = offer;
        this.exchange = exchange;
    }

    /** It is for encrypted streams only (section 4). */
    static boolean isOffered(ClientStream stream) {
        return stream.wire().isSecure() && stream.context().modules().allows(StreamOption.EXTENSIBLE_SASL);
    }

    /** Whether nothing but its own elements may come now (section 2.4). */
    boolean isRunning() {
        return begun && exchange.isRunning();
    }

    CompletionStage<State> received(Element child, State waiting) {
        if (!isOffered(stream)) {
            return stream.failed(StreamErrors.notYet(child));
        }
        return switch (child.name()) {
            case "authenticate" -> started(new AuthenticationRequest(child), waiting);
            case "response" -> exchange.respond(this, child.text(), waiting);
            case "abort" -> exchange.failed(this, SaslCondition.ABORTED, waiting);
            default -> stream.failed(StreamErrors.unsupported(child));
        };
    }

    private CompletionStage<State> started(AuthenticationRequest wanted, State waiting) {
        if (isRunning()) {
            return stream.failed(StreamError.of(
                    Condition.POLICY_VIOLATION, "another authentication is under way (XEP-0388 section 2.4)"));
        }
        request = wanted;
        begun = true;
        return exchange.start(this, wanted.mechanism(), mechanism(wanted), wanted.initialResponse(), waiting);
    }

    private Optional<SaslMechanism> mechanism(AuthenticationRequest wanted) {
        var context = stream.context();
        return wanted.token()
                .map(use -> context.modules().allows(StreamOption.FAST)
                        ? context.tokens().start(wanted.mechanism(), offer, use)
                        : Optional.<SaslMechanism>empty())
                .orElseGet(() -> context.sasl().start(wanted.mechanism(), offer));
    }

    @Override
    public Element challenge(String base64) {
        return Element.text("challenge", Ns.SASL2, base64);
    }

    @Override
    public Element failure(SaslCondition condition) {
        return Element.of("failure", Ns.SASL2).with(Element.of(condition.wire(), Ns.SASL));
    }

    @Override
    public CompletionStage<State> succeeded(SaslStep.Success success, State waiting) {
        if (!isWhoTheHeaderSays(success)) {
            return exchange.failed(this, SaslCondition.INVALID_AUTHZID, waiting);
        }
        exchange.succeeded();
        stream.authenticated();
        Element told = Element.of("success", Ns.SASL2);
        Element answer = success.data().length == 0
                ? told
                : told.with(Element.text("additional-data", Ns.SASL2, SaslExchange.encoded(success.data())));
        return stream.then(
                token(success),
                issued -> new InlineNegotiation(stream, success.principal(), header, request)
                        .negotiate(issued.map(answer::with).orElse(answer)));
    }

    /** {@code <token xmlns='urn:xmpp:fast:0' token='...' expiry='...'/>}, if the client gets one (XEP-0484). */
    private CompletionStage<Optional<Element>> token(SaslStep.Success success) {
        var principal = success.principal();
        if (principal.temporary() || !stream.context().modules().allows(StreamOption.FAST)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        boolean last = request.token().filter(FastTokens.Use::last).isPresent();
        return stream.context()
                .tokens()
                .granted(
                        principal.account(),
                        request.agent(),
                        offer.channel(),
                        request.mechanism(),
                        request.wantedToken(),
                        last)
                .thenApply(issued -> issued.map(ExtensibleSasl::element))
                .exceptionally(trouble -> {
                    LOG.warn("event=no-token account={} cause={}", principal.account(), trouble.toString());
                    return Optional.empty();
                });
    }

    private static Element element(FastTokens.Issued issued) {
        return Element.of("token", Ns.FAST)
                .with("token", issued.secret())
                .with("expiry", issued.expiry().toString());
    }

    /** Who has said in the clear who it is must not turn out to be somebody else (section 2.3). */
    private boolean isWhoTheHeaderSays(SaslStep.Success success) {
        var said = header.sent().attribute("from").flatMap(Jid::parse).map(Jid::bare);
        return said.isEmpty() || said.get().equals(success.principal().account());
    }
}
