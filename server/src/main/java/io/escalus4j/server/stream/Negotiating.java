package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.SaslOffer;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The client is to secure the stream (RFC 6120 section 5) and to say who it is (section 6). */
final class Negotiating implements State {
    private final ClientStream stream;
    private final String domain;
    private final SaslOffer offer;
    private final SaslNegotiation sasl;
    private final ExtensibleSasl extensible;

    private Negotiating(ClientStream stream, StreamHeader header) {
        this.stream = stream;
        this.domain = header.to();
        var context = stream.context();
        this.offer = context.sasl().offer(domain, stream.wire().security(), context.modules()::allows);
        var exchange = new SaslExchange(stream);
        this.sasl = new SaslNegotiation(stream, offer, exchange);
        this.extensible = new ExtensibleSasl(stream, header, offer, exchange);
    }

    static State offered(ClientStream stream, StreamHeader header) {
        var state = new Negotiating(stream, header);
        stream.send(StreamFeatures.toNegotiate(stream, state.entity(), state.offer));
        return state;
    }

    private InitiatingEntity entity() {
        return new InitiatingEntity(
                domain, stream.wire().address(), stream.wire().isSecure());
    }

    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        return stream.failed(StreamErrors.streamInStream());
    }

    @Override
    public CompletionStage<State> received(Element child) {
        if (extensible.isRunning() && !child.namespace().equals(Ns.SASL2)) {
            return stream.failed(StreamErrors.interrupted(child));
        }
        return switch (child.namespace()) {
            case Ns.TLS -> tls(child);
            case Ns.SASL -> sasl.received(child, this);
            case Ns.SASL2 -> extensible.received(child, this);
            default -> other(child);
        };
    }

    private CompletionStage<State> tls(Element child) {
        if (!child.name().equals("starttls")) {
            return stream.failed(StreamErrors.unsupported(child));
        }
        if (stream.wire().isSecure() || !stream.wire().framing().hasStartTls()) {
            stream.send(Element.of("failure", Ns.TLS));
            return stream.ended();
        }
        // what came behind it in the clear would be taken for encrypted later: nobody honest sends that (section
        // 5.4.3.3); a line break is forbidden too (section 5.3.3), but some clients send one, and it says nothing
        return stream.isDrained()
                ? ClientStream.next(secured())
                : stream.failed(
                        StreamError.of(Condition.POLICY_VIOLATION, "bytes behind starttls (RFC 6120 section 5.3.4)"));
    }

    private State secured() {
        stream.send(Element.of("proceed", Ns.TLS));
        stream.secure();
        return new Opening(stream, Optional.empty());
    }

    /** A few requests are answered before authentication, such as a registration, if a module wants to. */
    private CompletionStage<State> other(Element child) {
        var answer = stream.mayAuthenticate()
                ? stream.context().modules().preAuth(child, entity())
                : Optional.<CompletionStage<Element>>empty();
        return answer.map(known -> known.thenApply(this::answered))
                .orElseGet(() -> stream.failed(StreamErrors.notYet(child)));
    }

    private State answered(Element answer) {
        stream.send(answer);
        return this;
    }
}
