package io.escalus4j.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the connection under a stream can say for its client. Immutable.
 *
 * @param bindings the data of each type of channel binding (RFC 5056); none without TLS
 * @param client the client's certificate, if it has shown one that leads to an authority that is trusted for that
 */
public record TlsChannel(Map<String, byte[]> bindings, Optional<X509Certificate> client) {
    /** It is not encrypted, or not by us. */
    public static final TlsChannel NONE = new TlsChannel(Map.of(), Optional.empty());

    public TlsChannel {
        bindings = Map.copyOf(bindings);
    }

    /** The types, in an order that is always the same. */
    List<String> types() {
        return bindings.keySet().stream().sorted().toList();
    }

    /** Binding data are secrets of a kind. */
    @Override
    public String toString() {
        return "TlsChannel[bindings=%s, client=%s]".formatted(types(), client.isPresent());
    }
}
