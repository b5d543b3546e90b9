package io.escalus4j.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * SASL ANONYMOUS: nobody in particular (RFC 4505).
 *
 * @param trace what the server may write into its log, may be empty
 */
record Anonymous(String trace) implements SaslMechanism {

    @Override
    public String name() {
        return "ANONYMOUS";
    }

    @Override
    public Optional<String> obstacle(Connection connection) {
        return connection.settings().credentials().equals(Credentials.NONE)
                ? Optional.empty()
                : Optional.of("only for who has no name");
    }

    @Override
    public SaslExchange begin(Connection connection) {
        return new OneMessage(name(), trace.getBytes(StandardCharsets.UTF_8));
    }
}
