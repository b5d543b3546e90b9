package io.escalus4j.wire;

import java.nio.charset.StandardCharsets;

/** SASL PLAIN: the password as it is (RFC 4616). */
record Plain() implements SaslMechanism {

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public boolean tellsPassword() {
        return true;
    }

    @Override
    public SaslExchange begin(Connection connection) {
        return new Exchange(connection.settings().credentials());
    }

    private record Exchange(Credentials credentials) implements SaslExchange {
        @Override
        public byte[] initialResponse() {
            return "\0%s\0%s"
                    .formatted(credentials.username(), credentials.password())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] respond(byte[] challenge) {
            throw new SaslViolation("a challenge came, PLAIN has none (RFC 4616 section 2)");
        }

        @Override
        public void finish(byte[] data) {
            // PLAIN proves nothing about the server
        }
    }
}
