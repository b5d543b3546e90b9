package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;

import io.escalus4j.server.xmpp.Jid;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** ANONYMOUS (RFC 4505): whoever asks gets an account of a random name, which vanishes with its session (XEP-0175). */
final class AnonymousMechanism implements SaslMechanism {
    /** In characters; what the trace says is of no use to us, and is kept nowhere. */
    private static final int LONGEST_TRACE = 255;

    private final String domain;

    AnonymousMechanism(String domain) {
        this.domain = domain;
    }

    @Override
    public CompletionStage<SaslStep> step(byte[] trace) {
        return SaslText.decode(trace)
                .filter(text -> text.codePointCount(0, text.length()) <= LONGEST_TRACE)
                .<CompletionStage<SaslStep>>map(text -> CompletableFuture.completedFuture(welcome()))
                .orElseGet(() -> SaslStep.failed(MALFORMED_REQUEST));
    }

    private SaslStep welcome() {
        var account = Jid.of(UUID.randomUUID().toString(), domain);
        return new SaslStep.Success(new Principal(account, true), new byte[0]);
    }
}
