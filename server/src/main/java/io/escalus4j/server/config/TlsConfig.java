package io.escalus4j.server.config;

import java.util.Optional;

/**
 * Who the server is on TLS; without a certificate it makes one for itself at each start, for its domains.
 *
 * @param certificate a PEM file with the certificate and its chain
 * @param key a PEM file with the private key, PKCS #8, not encrypted
 * @param clients a PEM file with the authorities whose certificates clients may show; without it they are not asked for any
 */
public record TlsConfig(Optional<String> certificate, Optional<String> key, Optional<String> clients) {
    public static final TlsConfig SELF_SIGNED = new TlsConfig(Optional.empty(), Optional.empty(), Optional.empty());

    public TlsConfig {
        Require.that(
                certificate.isPresent() == key.isPresent(),
                "certificate and key must be set both or not at all, there was %s",
                certificate.isPresent() ? "just a certificate" : "just a key");
    }

    /** Asks clients for certificates of these authorities, so that they may use SASL EXTERNAL (XEP-0178). */
    public TlsConfig clients(String file) {
        return new TlsConfig(certificate, key, Optional.of(file));
    }
}
