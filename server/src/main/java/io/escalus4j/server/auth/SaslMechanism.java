package io.escalus4j.server.auth;

import java.util.concurrent.CompletionStage;

/** One negotiation by one mechanism (RFC 4422). Confined to one stream, which waits for each step before the next. */
public sealed interface SaslMechanism
        permits AnonymousMechanism, ExternalMechanism, HashedTokenMechanism, PlainMechanism, ScramMechanism {
    /** Takes what the client says, decoded. The stage fails only if the storage does, or if too much is hashed already. */
    CompletionStage<SaslStep> step(byte[] message);
}
