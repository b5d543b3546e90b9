package io.escalus4j.server.stream;

import io.escalus4j.server.auth.SaslCondition;
import io.escalus4j.server.auth.SaslMechanism;
import io.escalus4j.server.auth.SaslStep;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mechanism that is at work on a stream, and how often one has failed there; both profiles share the tries. Confined to
 * the event loop. What is exchanged is in no log.
 */
final class SaslExchange {
    private static final Logger LOG = LoggerFactory.getLogger(SaslExchange.class);

    private final ClientStream stream;
    private String mechanism = "other";
    private Optional<SaslMechanism> running = Optional.empty();
    private int failures;

    SaslExchange(ClientStream stream) {
        this.stream = stream;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    /**
     * Begins, in the place of what may have been running.
     *
     * @param started the mechanism of this name, empty if it is not offered
     * @param initial what the client says first, in Base64; without it the client is asked for it (RFC 6120 section 6.4.2)
     */
    CompletionStage<State> start(
            SaslProfile profile,
            String name,
            Optional<SaslMechanism> started,
            Optional<String> initial,
            State waiting) {
        mechanism = started.isPresent() ? name : "other";
        running = started;
        if (started.isEmpty()) {
            return failed(profile, SaslCondition.INVALID_MECHANISM, waiting);
        }
        return initial.map(first -> step(profile, first, waiting))
                .orElseGet(() -> ClientStream.next(challenged(profile, new byte[0], waiting)));
    }

    CompletionStage<State> respond(SaslProfile profile, String base64, State waiting) {
        return running.isPresent()
                ? step(profile, base64, waiting)
                : failed(profile, SaslCondition.MALFORMED_REQUEST, waiting);
    }

    private CompletionStage<State> step(SaslProfile profile, String base64, State waiting) {
        return decoded(base64)
                .map(bytes -> stream.then(step(bytes), step -> taken(profile, step, waiting)))
                .orElseGet(() -> failed(profile, SaslCondition.INCORRECT_ENCODING, waiting));
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private CompletionStage<SaslStep> step(byte[] message) {
        return running.orElseThrow().step(message).thenCompose(this::passed).exceptionally(trouble -> {
            LOG.warn("event=authentication-failed cause={}", trouble.toString());
            return new SaslStep.Failure(SaslCondition.TEMPORARY_AUTH_FAILURE);
        });
    }

    /** Only who has proven who it is is somebody for whom a hop can be told. */
    private CompletionStage<SaslStep> passed(SaslStep step) {
        return step instanceof SaslStep.Success success
                ? stream.context()
                        .hops()
                        .pass("sasl", success.principal().account(), () -> CompletableFuture.completedFuture(step))
                : CompletableFuture.completedFuture(step);
    }

    private CompletionStage<State> taken(SaslProfile profile, SaslStep step, State waiting) {
        if (step instanceof SaslStep.Challenge challenge) {
            return ClientStream.next(challenged(profile, challenge.data(), waiting));
        }
        return step instanceof SaslStep.Success success
                ? profile.succeeded(success, waiting)
                : failed(profile, ((SaslStep.Failure) step).condition(), waiting);
    }

    private State challenged(SaslProfile profile, byte[] data, State waiting) {
        stream.send(profile.challenge(encoded(data)));
        return waiting;
    }

    static String encoded(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    /** It has come to a good end. */
    void succeeded() {
        running = Optional.empty();
        counted("success");
    }

    CompletionStage<State> failed(SaslProfile profile, SaslCondition condition, State waiting) {
        counted(condition.name().toLowerCase(Locale.ROOT));
        LOG.info(
                "event=authentication-refused address={} mechanism={} condition={}",
                stream.wire().address().getHostAddress(),
                mechanism,
                condition.wire());
        running = Optional.empty();
        mechanism = "other";
        stream.send(profile.failure(condition));
        failures++;
        return failures < stream.context().config().sasl().tries() ? ClientStream.next(waiting) : tooMany();
    }

    private CompletionStage<State> tooMany() {
        stream.context().metrics().limitHit("sasl-tries");
        return stream.failed(StreamError.of(
                Condition.POLICY_VIOLATION, "%d failed tries, no more are allowed (RFC 6120 section 6.4.5)", failures));
    }

    private void counted(String result) {
        stream.context().metrics().authentication(mechanism, result);
    }
}
