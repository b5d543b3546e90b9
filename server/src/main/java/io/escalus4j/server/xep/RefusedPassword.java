package io.escalus4j.server.xep;

import io.escalus4j.server.auth.Passwords;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Why a password could not be set, in the words for the one who sent it. */
final class RefusedPassword {
    private RefusedPassword() {}

    /**
     * What a stage of {@link Passwords#derive} failed with.
     *
     * @throws CompletionException if that was nobody's mistake but ours
     */
    static StanzaError error(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof IllegalArgumentException) {
            return StanzaError.of(Condition.NOT_ACCEPTABLE, "this password is not allowed (RFC 4013)");
        }
        if (cause instanceof RejectedExecutionException) {
            return StanzaError.of(Condition.RESOURCE_CONSTRAINT, "the server has too much to do, try later");
        }
        throw new CompletionException(cause);
    }
}
