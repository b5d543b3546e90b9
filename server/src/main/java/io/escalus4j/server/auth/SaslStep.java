package io.escalus4j.server.auth;

import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a mechanism says to a client's message: a value, since a wrong password is nothing exceptional here. */
public sealed interface SaslStep {
    /** Another message of the client is needed. */
    record Challenge(byte[] data) implements SaslStep {}

    /**
     * The client is who it says it is.
     *
     * @param data additional data with success (RFC 6120 section 6.3.10), may be empty
     */
    record Success(Principal principal, byte[] data) implements SaslStep {
        Jid account() {
            return principal.account();
        }
    }

    record Failure(SaslCondition condition) implements SaslStep {}

    static CompletionStage<SaslStep> failed(SaslCondition condition) {
        return CompletableFuture.completedFuture(new Failure(condition));
    }
}
