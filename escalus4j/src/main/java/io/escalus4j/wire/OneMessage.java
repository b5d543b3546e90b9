package io.escalus4j.wire;

import java.util.Optional;

/** An exchange in which the client says one thing and the server nothing of its own. */
record OneMessage(String mechanism, byte[] message) implements SaslExchange {
    @Override
    public Optional<byte[]> initialResponse() {
        return Optional.of(message);
    }

    @Override
    public byte[] respond(byte[] challenge) {
        throw new SaslViolation("a challenge came, %s has none (RFC 4422 section 3)".formatted(mechanism));
    }

    @Override
    public void finish(byte[] data) {
        // it proves nothing about the server
    }

    /** The message is a secret in some mechanisms. */
    @Override
    public String toString() {
        return mechanism;
    }
}
