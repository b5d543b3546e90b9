package io.escalus4j.wire;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** SASL PLAIN: the password as it is (RFC 4616). */
record Plain() implements SaslMechanism {

    @Override
    public String name() {
        return "PLAIN";
    }

    /** Who listens learns the password. */
    @Override
    public Optional<String> obstacle(Connection connection) {
        return isConfidential(connection) ? Optional.empty() : Optional.of("only over TLS unless it is pinned");
    }

    private static boolean isConfidential(Connection connection) {
        InetAddress address = connection.settings().address().getAddress();
        return connection.wire().isSecure() || address != null && address.isLoopbackAddress();
    }

    @Override
    public SaslExchange begin(Connection connection) {
        var settings = connection.settings();
        var credentials = settings.credentials();
        String message =
                "%s\0%s\0%s".formatted(settings.authorization(), credentials.username(), credentials.password());
        return new OneMessage(name(), message.getBytes(StandardCharsets.UTF_8));
    }
}
