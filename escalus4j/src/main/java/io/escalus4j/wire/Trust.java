package io.escalus4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates a client believes. Unless it is {@link #insecure()}, the chain must lead to a trusted certificate and
 * name the XMPP domain (RFC 6120 section 13.7.2). Immutable and thread-safe.
 *
 * <pre>{@code
 * Trust.certificate(Path.of("ca.pem"))   // a test CA or a self-signed certificate
 * Trust.system()                         // what the JVM trusts
 * }</pre>
 */
public final class Trust {
    private final SSLContext context;
    private final boolean verifying;
    private final List<TrustManager> managers;
    private final boolean identity;

    private Trust(List<TrustManager> managers, boolean verifying, Optional<ClientCertificate> identity) {
        this.context = newContext(managers, identity);
        this.verifying = verifying;
        this.managers = managers;
        this.identity = identity.isPresent();
    }

    /** The authorities that the JVM trusts. */
    public static Trust system() {
        return new Trust(List.of(), true, Optional.empty());
    }

    /** Exactly these authorities or self-signed certificates. */
    public static Trust certificates(Collection<X509Certificate> certificates) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new Trust(List.of(factory.getTrustManagers()), true, Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates cannot be trusted: " + e.getMessage(), e);
        }
    }

    /** The certificates of a PEM or DER file. */
    public static Trust certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return certificates(CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("%s holds no X.509 certificates in PEM or DER".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of %s cannot be read".formatted(file), e);
        }
    }

    /** Believes anybody: an active attacker can read and change everything. For servers whose certificate is not the subject. */
    public static Trust insecure() {
        return new Trust(List.of(new Gullible()), false, Optional.empty());
    }

    /** The same trust, for a client that shows who it is if the server asks for that. */
    Trust with(ClientCertificate certificate) {
        return new Trust(managers, verifying, Optional.of(certificate));
    }

    boolean hasIdentity() {
        return identity;
    }

    SSLContext context() {
        return context;
    }

    /** What a handshake with {@code domain} must hold to. */
    void demand(SSLParameters parameters, String domain) {
        hostName(domain).ifPresent(name -> parameters.setServerNames(List.of(name)));
        if (verifying) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
    }

    /** SNI carries host names only, no literal addresses (RFC 6066 section 3). */
    private static Optional<SNIHostName> hostName(String domain) {
        boolean address = domain.startsWith("[") || domain.matches("[0-9.]+");
        return address ? Optional.empty() : Optional.of(new SNIHostName(IDN.toASCII(domain)));
    }

    private static SSLContext newContext(List<TrustManager> managers, Optional<ClientCertificate> identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    identity.map(ClientCertificate::keys).orElse(null),
                    managers.isEmpty() ? null : managers.toArray(TrustManager[]::new),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static final class Gullible extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
