package io.escalus4j.wire;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.peer.PeerStream.SASL;
import static io.escalus4j.peer.PeerStream.decoded;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static io.escalus4j.peer.PeerStream.startTlsFeature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import io.escalus4j.peer.Certificates;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One server talks to another: dialback (XEP-0220) and SASL EXTERNAL (XEP-0178 section 3), against a peer that says what it
 * is told to. Capulet is the originating server, montague the receiving one.
 */
class ServerToServerTest {
    private static final String CAPULET = "capulet.example";
    private static final String MONTAGUE = "montague.example";
    private static final String OFFER = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    private static final String KEY =
            "<db:result from='capulet.example' to='montague.example'>([0-9a-f]{64})</db:result>";

    private final Dialback secret = new Dialback("s3cr3tf0rd14lb4ck");

    private ConnectionSettings from(ScriptedPeer peer, ConnectionStep proof) {
        return ConnectionSettings.to(MONTAGUE, peer.address()).asServer(CAPULET, proof);
    }

    @Test
    void the_key_is_that_of_the_specifications_example() {
        assertThat(secret.key("xmpp.example.com", "example.org", "D60000229F"))
                .isEqualTo("37c69b1cf07a3f67c04a5ef5902fa5114f2c76fe4a2686482ba5b89323075643");
    }

    /** Asks back where capulet is served, as a receiving server does. */
    private static void askBack(ScriptedPeer authority, String id, String key) {
        Connector.connect(ConnectionSettings.to(CAPULET, authority.address())
                        .asServer(MONTAGUE, new Dialback("its own").verify(id, key)))
                .wire()
                .drop();
    }

    private ScriptedPeer authority() throws Exception {
        return ScriptedPeer.playing(stream -> {
            assertThat(stream.openServerStream(CAPULET, "a1")).contains("from='montague.example'");
            stream.answerDialback(CAPULET, secret);
            stream.hearAll();
        });
    }

    @Test
    void a_server_is_asked_back_for_its_key_and_then_stanzas_go_both_ways() throws Exception {
        try (var authority = authority();
                var peer = ScriptedPeer.playing(stream -> {
                    assertThat(stream.openServerStream(MONTAGUE, "s2s-1", OFFER))
                            .contains(
                                    "xmlns='jabber:server'",
                                    "xmlns:db='jabber:server:dialback'",
                                    "from='capulet.example'",
                                    "to='montague.example'",
                                    "version='1.0'");
                    String key = stream.hear(KEY).group(1);
                    askBack(authority, "s2s-1", key);
                    stream.say("<db:result from='montague.example' to='capulet.example' type='valid'/>");
                    assertThat(stream.hear("<message .*?</message>").group())
                            .as("in the namespace of the stream")
                            .doesNotContain("xmlns")
                            .contains("<body>Wherefore</body>");
                    stream.say(
                            "<message type='chat' from='romeo@montague.example' to='juliet@capulet.example'><body>Here</body></message>");
                    stream.part();
                });
                var capulet = Client.connect("capulet", from(peer, secret.prove()))) {
            capulet.send(
                    Element.parse(
                            "<message xmlns='jabber:client' type='chat' from='juliet@capulet.example' to='romeo@montague.example'><body>Wherefore</body></message>"));
            capulet.expect(chatMessage("Here").from("romeo@montague.example"));
        }
    }

    @Test
    void a_key_of_somebody_else_is_invalid() throws Exception {
        try (var authority = authority();
                var peer = ScriptedPeer.playing(stream -> {
                    stream.openServerStream(MONTAGUE, "s2s-1", OFFER);
                    String key = stream.hear(KEY).group(1);
                    var invalid =
                            catchThrowableOfType(ConnectionException.class, () -> askBack(authority, "s2s-1", key));
                    assertThat(invalid).hasMessageContaining("the server refused dialback (verify): invalid");
                    stream.say("<db:result from='montague.example' to='capulet.example' type='invalid'/>");
                    stream.hearAll();
                })) {
            var refused = catchThrowableOfType(
                    ConnectionException.class, () -> Connector.connect(from(peer, new Dialback("a guess").prove())));

            assertThat(refused)
                    .hasMessageContaining("capulet.example at localhost")
                    .hasMessageContaining("step 'dialback' failed: the server refused dialback (result): invalid");
        }
    }

    @Test
    void a_key_of_another_stream_is_invalid() throws Exception {
        try (var authority = authority()) {
            String key = secret.key(MONTAGUE, CAPULET, "s2s-1");
            assertThatThrownBy(() -> askBack(authority, "s2s-2", key)).hasMessageContaining("invalid");
        }
    }

    @Test
    void an_error_of_dialback_is_told_by_its_condition() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openServerStream(MONTAGUE, "s2s-1", OFFER);
            stream.hear(KEY);
            stream.say(
                    "<db:result from='montague.example' to='capulet.example' type='error'><error type='cancel'><remote-connection-failed xmlns='urn:xmpp:errors'/><remote-server-timeout xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(from(peer, secret.prove())))
                    .hasMessageContaining("the server refused dialback (result): remote-server-timeout");
        }
    }

    @Test
    void a_server_proves_its_domain_by_its_certificate() throws Exception {
        var montague = Certificates.of(MONTAGUE);
        var capulet = Certificates.of(CAPULET);
        try (var peer = ScriptedPeer.playing(stream -> {
                    stream.openServerStream(MONTAGUE, "s1", startTlsFeature(true));
                    stream.proceed();
                    stream.startTls(montague.server());
                    stream.openServerStream(MONTAGUE, "s2", mechanisms("EXTERNAL"), OFFER);
                    assertThat(decoded(stream.hear("<auth [^>]*mechanism='EXTERNAL'[^>]*>([^<]*)</auth>")
                                    .group(1)))
                            .isEqualTo(CAPULET);
                    stream.say("<success xmlns='%s'/>".formatted(SASL));
                    assertThat(stream.openServerStream(MONTAGUE, "s3"))
                            .contains("xmlns='jabber:server'", "from='capulet.example'");
                    assertThat(stream.hear("<presence [^>]*/>").group()).doesNotContain("xmlns");
                    stream.part();
                });
                var server = Client.connect(
                        "capulet",
                        from(peer, Steps.authenticate())
                                .withTrust(Trust.certificates(List.of(montague.certificate())))
                                .withClientCertificate(capulet.identity()))) {
            server.send(Element.parse(
                    "<presence xmlns='jabber:client' from='juliet@capulet.example' to='romeo@montague.example'/>"));
        }
    }

    @Test
    void a_server_that_does_not_believe_the_certificate_says_so() throws Exception {
        var montague = Certificates.of(MONTAGUE);
        var capulet = Certificates.of(CAPULET);
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openServerStream(MONTAGUE, "s1", startTlsFeature(true));
            stream.proceed();
            stream.startTls(montague.server());
            stream.openServerStream(MONTAGUE, "s2", mechanisms("EXTERNAL"));
            stream.hear("</auth>");
            stream.say("<failure xmlns='%s'><not-authorized/></failure>".formatted(PeerStream.SASL));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(from(peer, Steps.authenticate())
                            .withTrust(Trust.certificates(List.of(montague.certificate())))
                            .withClientCertificate(capulet.identity())))
                    .hasMessageContaining("the server refused EXTERNAL: not-authorized");
        }
    }
}
