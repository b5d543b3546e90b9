package io.escalus4j.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** SASL EXTERNAL: the certificate has said it (RFC 4422 appendix A, XEP-0178); optionally as whom of several. */
record External() implements SaslMechanism {

    @Override
    public String name() {
        return "EXTERNAL";
    }

    @Override
    public Optional<String> obstacle(Connection connection) {
        return connection.settings().trust().hasIdentity()
                ? Optional.empty()
                : Optional.of("only with a certificate of the client's, see withClientCertificate");
    }

    @Override
    public SaslExchange begin(Connection connection) {
        return new OneMessage(name(), connection.settings().authorization().getBytes(StandardCharsets.UTF_8));
    }
}
