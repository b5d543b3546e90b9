package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.startTlsFeature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.peer.Certificates;
import io.escalus4j.peer.ScriptedPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Check E12: TLS is verified unless somebody says otherwise; a user's limits outlive STARTTLS and compression. */
class E12TlsByDefaultTest {
    private static final XmlLimits SMALL = XmlLimits.STANDARD.withElementBytes(1000);
    private static final String TOO_BIG = "<message><body>" + "x".repeat(2000) + "</body></message>";

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"STARTTLS", "TLS", "WSS", "BOSH_TLS"})
    void a_certificate_that_nobody_vouches_for_is_refused(Transport transport) throws Exception {
        var certificates = Certificates.of("localhost");
        try (var peer = ScriptedPeer.playing(stream -> assertThatThrownBy(() -> {
                    if (transport == Transport.STARTTLS) {
                        stream.openStream(startTlsFeature(true));
                        stream.proceed();
                    }
                    stream.startTls(certificates.server());
                    stream.hearAll();
                })
                .isInstanceOf(Exception.class))) {
            var settings = ConnectionSettings.to("localhost", peer.address()).withTransport(transport);

            assertThatThrownBy(() -> Connector.connect(settings))
                    .isInstanceOf(ConnectionException.class)
                    .hasCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void tls_is_required_unless_somebody_says_otherwise() {
        assertThat(ConnectionSettings.to("localhost", new InetSocketAddress("localhost", 5222))
                        .tls())
                .isEqualTo(Tls.REQUIRED);
    }

    @Test
    void the_limits_outlive_starttls() throws Exception {
        var certificates = Certificates.of("localhost");
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(true));
            stream.proceed();
            stream.startTls(certificates.server());
            stream.login();
            stream.say(TOO_BIG);
            stream.hearAll();
        })) {
            requireRefused(Connector.connect(peer.settings()
                    .withTls(Tls.REQUIRED)
                    .withTrust(Trust.certificates(List.of(certificates.certificate())))
                    .withLimits(SMALL)));
        }
    }

    @Test
    void the_limits_outlive_compression() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            E26LaterStepsTest.compressed(stream);
            stream.openStream();
            stream.say(TOO_BIG);
            stream.hearAll();
        })) {
            requireRefused(Connector.connect(
                    peer.settings().withLimits(SMALL).withSteps(Steps.openStream(), Steps.compress())));
        }
    }

    private static void requireRefused(Connection connection) throws IOException {
        var wire = connection.wire();
        assertThatThrownBy(() -> wire.next(Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("1000");
        wire.drop();
    }
}
