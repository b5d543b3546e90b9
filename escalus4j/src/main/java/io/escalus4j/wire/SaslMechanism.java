package io.escalus4j.wire;

import java.util.Optional;

/** A way to prove who one is (RFC 4422); makes an exchange for each authentication. Immutable and thread-safe. */
public interface SaslMechanism {
    /** As servers offer it, for example {@code SCRAM-SHA-256}. */
    String name();

    /** Why it is not chosen on this connection unless somebody pins it; empty if nothing speaks against it. */
    default Optional<String> obstacle(Connection connection) {
        return Optional.empty();
    }

    SaslExchange begin(Connection connection);
}
