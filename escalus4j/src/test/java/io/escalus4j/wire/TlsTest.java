package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.mechanisms;
import static io.escalus4j.peer.PeerStream.startTlsFeature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.XmlLimits;
import io.escalus4j.peer.Certificates;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static Certificates localhost;
    private static Certificates elsewhere;

    @BeforeAll
    static void make_certificates() throws Exception {
        localhost = Certificates.of("localhost");
        elsewhere = Certificates.of("elsewhere.example");
    }

    private static ScriptedPeer.Script startTls(Certificates certificates) {
        return stream -> {
            stream.openStream(startTlsFeature(true));
            stream.proceed();
            stream.startTls(certificates.server());
            stream.login();
        };
    }

    /** The handshake fails on the other side. */
    private static ScriptedPeer.Script refused(ScriptedPeer.Script script) {
        return stream -> assertThatThrownBy(() -> script.play(stream)).isInstanceOf(Exception.class);
    }

    private static Trust trust(Certificates certificates) {
        return Trust.certificates(List.of(certificates.certificate()));
    }

    @Test
    void starttls_encrypts_and_the_stream_begins_anew() throws Exception {
        try (var peer = ScriptedPeer.playing(startTls(localhost))) {
            Connection connection =
                    Connector.connect(peer.settings().withTls(Tls.REQUIRED).withTrust(trust(localhost)));

            assertThat(connection.wire().isSecure()).isTrue();
            assertThat(connection.log().get(0)).startsWith("TLSv1.3, TLS_");
            assertThat(connection.jid()).contains("alice@localhost/res1");
        }
    }

    @Test
    void direct_tls_encrypts_from_the_first_byte() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.startTls(localhost.server());
            stream.login();
        })) {
            Connection connection =
                    Connector.connect(peer.settings().withTls(Tls.DIRECT).withTrust(trust(localhost)));

            assertThat(connection.wire().isSecure()).isTrue();
        }
    }

    @Test
    void plain_text_behind_proceed_is_refused() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(true));
            stream.hear("<starttls [^>]*/>");
            stream.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message from='mallory'/>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withTls(Tls.REQUIRED).withTrust(Trust.insecure())))
                    .hasMessageContaining("step 'starttls' failed: plain text came behind <proceed/>")
                    .hasMessageContaining("RFC 6120 section 5.4.3.3");
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_by_default() throws Exception {
        try (var peer = ScriptedPeer.playing(refused(startTls(localhost)))) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withTls(Tls.REQUIRED)))
                    .hasMessageContaining("step 'starttls' failed")
                    .hasCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused() throws Exception {
        try (var peer = ScriptedPeer.playing(refused(startTls(elsewhere)))) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withTls(Tls.REQUIRED).withTrust(trust(elsewhere))))
                    .hasMessageContaining("step 'starttls' failed")
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void insecure_trust_believes_anybody() throws Exception {
        try (var peer = ScriptedPeer.playing(startTls(elsewhere))) {
            Connection connection =
                    Connector.connect(peer.settings().withTls(Tls.REQUIRED).withTrust(Trust.insecure()));

            assertThat(connection.wire().isSecure()).isTrue();
        }
    }

    @Test
    void a_trusted_certificate_can_be_read_from_a_file(@TempDir Path directory) throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(localhost.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Path file = Files.writeString(directory.resolve("ca.pem"), pem);
        try (var peer = ScriptedPeer.playing(startTls(localhost))) {
            Connector.connect(peer.settings().withTls(Tls.REQUIRED).withTrust(Trust.certificate(file)));
        }
        Path other = Files.writeString(
                directory.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> Trust.certificate(other))
                .hasMessageEndingWith("holds no X.509 certificates in PEM or DER");
        assertThatThrownBy(() -> Trust.certificate(directory.resolve("none.pem")))
                .hasMessageEndingWith("cannot be read");
    }

    @Test
    void a_server_that_does_not_offer_tls_is_refused_where_it_is_required() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            assertThat(stream.hearAll()).isEmpty();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withTls(Tls.REQUIRED)))
                    .hasMessageContaining("the server does not offer starttls, we have tls REQUIRED");
        }
    }

    @Test
    void a_server_that_requires_tls_is_refused_where_it_is_off() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(true), mechanisms("PLAIN"));
            assertThat(stream.hearAll()).isEmpty();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withTls(Tls.OFF)))
                    .hasMessageContaining("the server requires starttls, we have tls OFF");
        }
    }

    @Test
    void optional_tls_is_used_where_it_is_offered_and_only_there() throws Exception {
        try (var peer = ScriptedPeer.playing(startTls(localhost))) {
            var settings = peer.settings().withTls(Tls.OPTIONAL).withTrust(trust(localhost));
            assertThat(Connector.connect(settings).wire().isSecure()).isTrue();
        }
        try (var peer = ScriptedPeer.playing(PeerStream::login)) {
            assertThat(Connector.connect(peer.settings().withTls(Tls.OPTIONAL))
                            .wire()
                            .isSecure())
                    .isFalse();
        }
    }

    @Test
    void a_server_that_refuses_starttls_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(false));
            stream.hear("<starttls [^>]*/>");
            stream.say("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withTls(Tls.REQUIRED)))
                    .hasMessageContaining(
                            "the server sent <failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>, we allow <proceed/>");
        }
    }

    @Test
    void the_limits_of_the_parser_survive_starttls() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(true));
            stream.proceed();
            stream.startTls(localhost.server());
            stream.openStream("<big xmlns='urn:big'>%s</big>".formatted("x".repeat(2000)));
            stream.hearAll();
        })) {
            var settings = peer.settings()
                    .withTls(Tls.REQUIRED)
                    .withTrust(trust(localhost))
                    .withLimits(XmlLimits.STANDARD.withElementBytes(1000));
            assertThatThrownBy(() -> Connector.connect(settings)).hasMessageContaining("1000");
        }
    }
}
