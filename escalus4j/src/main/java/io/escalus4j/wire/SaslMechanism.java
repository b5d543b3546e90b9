package io.escalus4j.wire;

/** A way to prove who one is (RFC 4422); makes an exchange for each authentication. Immutable and thread-safe. */
public interface SaslMechanism {
    /** As servers offer it, for example {@code SCRAM-SHA-256}. */
    String name();

    /** Whether who listens learns the password. */
    default boolean tellsPassword() {
        return false;
    }

    SaslExchange begin(Connection connection);
}
