package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.SaslCondition;
import io.escalus4j.server.auth.SaslMechanism;
import io.escalus4j.server.auth.SaslStep;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SASL as XMPP profiles it (RFC 6120 section 6.4): its elements around the mechanisms' bytes. Confined to the event loop. */
final class SaslNegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(SaslNegotiation.class);

    private final ClientStream stream;
    private final String domain;
    private String mechanism = "other";
    private Optional<SaslMechanism> running = Optional.empty();
    private int failures;

    SaslNegotiation(ClientStream stream, String domain) {
        this.stream = stream;
        this.domain = domain;
    }

    /** @param waiting the state that goes on if neither side is done */
    CompletionStage<State> received(Element child, State waiting) {
        return switch (child.name()) {
            case "auth" -> started(child, waiting);
            case "response" ->
                running.map(exchange -> stepped(exchange, child, waiting))
                        .orElseGet(() -> ClientStream.next(failed(SaslCondition.MALFORMED_REQUEST, waiting)));
            case "abort" -> ClientStream.next(failed(SaslCondition.ABORTED, waiting));
            default -> stream.failed(StreamErrors.unsupported(child));
        };
    }

    private CompletionStage<State> started(Element auth, State waiting) {
        mechanism = "other";
        if (!stream.mayAuthenticate()) {
            return ClientStream.next(failed(SaslCondition.ENCRYPTION_REQUIRED, waiting));
        }
        String name = auth.attribute("mechanism", "");
        running = stream.context().sasl().start(name, domain);
        if (running.isEmpty()) {
            return ClientStream.next(failed(SaslCondition.INVALID_MECHANISM, waiting));
        }
        mechanism = name;
        // every mechanism here begins with the client: without an initial response it is asked for it (section 6.4.2)
        return auth.text().isEmpty()
                ? ClientStream.next(challenged(new byte[0], waiting))
                : stepped(running.get(), auth, waiting);
    }

    private CompletionStage<State> stepped(SaslMechanism exchange, Element message, State waiting) {
        return decoded(message.text())
                .map(bytes -> stream.after(step(exchange, bytes), step -> taken(step, waiting)))
                .orElseGet(() -> ClientStream.next(failed(SaslCondition.INCORRECT_ENCODING, waiting)));
    }

    /** A zero-length message is an equals sign (section 6.4.2). */
    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(
                    text.equals("=") ? new byte[0] : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static CompletionStage<SaslStep> step(SaslMechanism exchange, byte[] message) {
        return exchange.step(message).exceptionally(trouble -> {
            LOG.warn("event=authentication-failed cause={}", trouble.toString());
            return new SaslStep.Failure(SaslCondition.TEMPORARY_AUTH_FAILURE);
        });
    }

    private State taken(SaslStep step, State waiting) {
        if (step instanceof SaslStep.Challenge challenge) {
            return challenged(challenge.data(), waiting);
        }
        return step instanceof SaslStep.Success success
                ? succeeded(success)
                : failed(((SaslStep.Failure) step).condition(), waiting);
    }

    private State challenged(byte[] data, State waiting) {
        stream.send(Element.text("challenge", Ns.SASL, encoded(data)));
        return waiting;
    }

    private State succeeded(SaslStep.Success success) {
        counted("success");
        stream.send(Element.text("success", Ns.SASL, encoded(success.data())));
        stream.restart();
        return new Opening(stream, Optional.of(success.account()));
    }

    private static String encoded(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    private State failed(SaslCondition condition, State waiting) {
        counted(condition.name().toLowerCase(Locale.ROOT));
        LOG.info(
                "event=authentication-refused address={} mechanism={} condition={}",
                stream.wire().address().getHostAddress(),
                mechanism,
                condition.wire());
        running = Optional.empty();
        stream.send(Element.of("failure", Ns.SASL).with(Element.of(condition.wire())));
        failures++;
        if (failures < stream.context().config().sasl().tries()) {
            return waiting;
        }
        stream.context().metrics().limitHit("sasl-tries");
        return stream.end(StreamError.of(
                Condition.POLICY_VIOLATION, "%d failed tries, no more are allowed (RFC 6120 section 6.4.5)", failures));
    }

    private void counted(String result) {
        stream.context().metrics().authentication(mechanism, result);
    }
}
