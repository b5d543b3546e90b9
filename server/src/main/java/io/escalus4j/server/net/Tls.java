package io.escalus4j.server.net;

import io.escalus4j.server.auth.TlsChannel;
import io.escalus4j.server.config.TlsConfig;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The server's side of TLS 1.2 and 1.3. Thread-safe. */
public final class Tls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    /** Who comes for another protocol is turned away, so that nobody can make a browser's request of a stream (XEP-0368). */
    private static final ApplicationProtocolConfig XMPP_CLIENT = new ApplicationProtocolConfig(
            Protocol.ALPN, SelectorFailureBehavior.FATAL_ALERT, SelectedListenerFailureBehavior.ACCEPT, "xmpp-client");

    private final X509Certificate certificate;
    private final SslContext startTls;
    private final SslContext direct;

    private Tls(X509Certificate certificate, SslContext startTls, SslContext direct) {
        this.certificate = certificate;
        this.startTls = startTls;
        this.direct = direct;
    }

    /** @throws IllegalArgumentException if the certificate or its key cannot be used */
    public static Tls of(TlsConfig config, List<String> domains, Instant now, SecureRandom random) {
        var clients = config.clients().map(Path::of).map(Tls::authorities).orElse(List.of());
        if (config.certificate().isPresent() && config.key().isPresent()) {
            return of(Path.of(config.certificate().get()), Path.of(config.key().get()), clients);
        }
        var own = SelfSigned.of(domains, now, random);
        try {
            return of(own.certificate(), clients, () -> SslContextBuilder.forServer(own.key(), own.certificate()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Collection<X509Certificate> authorities(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException unusable) {
            throw new IllegalArgumentException(
                    "the authorities of clients in %s: %s (tls.clients, docs/configuration.md)"
                            .formatted(file, unusable.getMessage()),
                    unusable);
        }
    }

    private static Tls of(Path certificate, Path key, Collection<X509Certificate> clients) {
        try {
            return of(
                    first(certificate), clients, () -> SslContextBuilder.forServer(certificate.toFile(), key.toFile()));
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(
                    "there is no file %s (tls.certificate, docs/configuration.md)".formatted(missing.getFile()),
                    missing);
        } catch (IOException | CertificateException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "certificate %s with key %s: %s".formatted(certificate, key, unusable.getMessage()), unusable);
        }
    }

    private static X509Certificate first(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private interface Identity {
        SslContextBuilder builder();
    }

    private static Tls of(X509Certificate certificate, Collection<X509Certificate> clients, Identity identity)
            throws SSLException {
        return new Tls(
                certificate,
                secured(identity.builder(), clients).build(),
                secured(identity.builder(), clients)
                        .applicationProtocolConfig(XMPP_CLIENT)
                        .build());
    }

    /** Clients are asked for a certificate only where there is somebody who could have signed one. */
    private static SslContextBuilder secured(SslContextBuilder builder, Collection<X509Certificate> clients) {
        var secured = builder.sslProvider(SslProvider.JDK).protocols(VERSIONS);
        return clients.isEmpty() ? secured : secured.trustManager(clients).clientAuth(ClientAuth.OPTIONAL);
    }

    /** What a connection that has shaken hands can say for its client. */
    public TlsChannel channel(SslHandler handler) {
        var session = handler.engine().getSession();
        return new TlsChannel(ChannelBindings.of(session, certificate), client(session));
    }

    private static Optional<X509Certificate> client(SSLSession session) {
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** The server's own certificate, for whoever is to trust it. */
    public X509Certificate certificate() {
        return certificate;
    }

    SslHandler afterStartTls(ByteBufAllocator allocator) {
        return startTls.newHandler(allocator);
    }

    SslHandler direct(ByteBufAllocator allocator) {
        return direct.newHandler(allocator);
    }

    /** Under HTTP (RFC 9112): browsers, too, speak version 1.1 with a server that names no other protocol. */
    public SslHandler underHttp(ByteBufAllocator allocator) {
        return startTls.newHandler(allocator);
    }
}
