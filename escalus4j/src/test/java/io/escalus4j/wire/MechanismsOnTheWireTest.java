package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.SASL;
import static io.escalus4j.peer.PeerStream.decoded;
import static io.escalus4j.peer.PeerStream.encoded;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static io.escalus4j.peer.PeerStream.startTlsFeature;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.peer.Certificates;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mechanism against a peer that says what it is told to, and the choice between them: E11, E13 and E14. */
class MechanismsOnTheWireTest {
    private static final ConnectionStep[] PLAIN_TCP = {Steps.openStream(), Steps.authenticate()};
    private static final ConnectionStep[] OVER_TLS = {Steps.openStream(), Steps.startTls(), Steps.authenticate()};
    private static final String SUCCESS = "<success xmlns='%s'/>".formatted(SASL);
    private static Certificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.of("localhost");
    }

    // ---- channel binding

    private static String bindings(String... types) {
        var text = new StringBuilder("<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>");
        for (String type : types) {
            text.append("<channel-binding type='").append(type).append("'/>");
        }
        return text.append("</sasl-channel-binding>").toString();
    }

    /** Offers these features on an encrypted stream, and returns what {@code <auth/>} said. */
    private static String offered(PeerStream stream, String... features) throws Exception {
        stream.openStream(startTlsFeature(true));
        stream.proceed();
        stream.startTls(certificates.server());
        stream.openStream(features);
        return stream.hear("<auth [^>]*>[^<]*</auth>").group();
    }

    private static String mechanism(String auth) {
        var matcher = Pattern.compile("mechanism='([^']*)'").matcher(auth);
        return matcher.find() ? matcher.group(1) : "none";
    }

    private static String message(String auth) {
        return decoded(auth.replaceAll("<[^>]*>", ""));
    }

    private static ConnectionSettings overTls(ScriptedPeer peer) {
        return peer.settings()
                .withTls(Tls.REQUIRED)
                .withTrust(Trust.certificates(List.of(certificates.certificate())))
                .withSteps(OVER_TLS);
    }

    private static void refuse(PeerStream stream) throws Exception {
        stream.say("<failure xmlns='%s'><not-authorized/></failure>".formatted(SASL));
        stream.hearAll();
    }

    @Test
    void e13_plus_binds_to_the_certificate_of_the_server() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            String auth = offered(
                    stream, mechanisms("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"), bindings("tls-server-end-point"));
            assertThat(mechanism(auth)).isEqualTo("SCRAM-SHA-256-PLUS");
            String first = message(auth);
            assertThat(first).startsWith("p=tls-server-end-point,,n=alice,r=");
            String nonce = first.substring(first.indexOf(",r=") + 3);
            stream.say("<challenge xmlns='%s'>%s</challenge>"
                    .formatted(SASL, encoded("r=%sX,s=%s,i=64".formatted(nonce, encoded("salt")))));
            String last =
                    decoded(stream.hear("<response [^>]*>([^<]*)</response>").group(1));
            var expected = new ByteArrayOutputStream();
            expected.writeBytes("p=tls-server-end-point,,".getBytes(UTF_8));
            String hash = certificates.certificate().getSigAlgName().startsWith("SHA384") ? "SHA-384" : "SHA-256";
            expected.writeBytes(MessageDigest.getInstance(hash)
                    .digest(certificates.certificate().getEncoded()));
            assertThat(last).startsWith("c=" + Base64.getEncoder().encodeToString(expected.toByteArray()) + ',');
            refuse(stream);
        })) {
            assertThatThrownBy(() -> Connector.connect(overTls(peer)))
                    .hasMessageContaining("the server refused SCRAM-SHA-256-PLUS: not-authorized");
        }
    }

    @Test
    void e13_a_client_that_could_bind_says_so_when_nothing_is_offered() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(message(offered(stream, mechanisms("SCRAM-SHA-256")))).startsWith("y,,n=alice");
            refuse(stream);
        })) {
            assertThatThrownBy(() -> Connector.connect(overTls(peer))).hasMessageContaining("not-authorized");
        }
    }

    @Test
    void e13_a_client_that_is_not_to_bind_does_not_claim_that_nothing_was_offered() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(message(offered(
                            stream,
                            mechanisms("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"),
                            bindings("tls-server-end-point"))))
                    .startsWith("n,,n=alice");
            refuse(stream);
        })) {
            assertThatThrownBy(() -> Connector.connect(overTls(peer).withMechanism("SCRAM-SHA-256")))
                    .hasMessageContaining("not-authorized");
        }
    }

    @Test
    void e14_where_no_types_are_told_a_client_does_not_guess_one() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(message(offered(stream, mechanisms("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"))))
                    .startsWith("n,,n=alice");
            refuse(stream);
        })) {
            assertThatThrownBy(() -> Connector.connect(overTls(peer)))
                    .hasMessageContaining("the server refused SCRAM-SHA-256: not-authorized");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256,      tls-server-end-point",
        "SCRAM-SHA-256-PLUS, tls-telepathy",
    })
    void an_offer_with_a_hole_where_channel_binding_was_is_left(String mechanism, String type) throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(startTlsFeature(true));
            stream.proceed();
            stream.startTls(certificates.server());
            stream.openStream(mechanisms(mechanism), bindings(type));
            assertThat(stream.hearAll()).doesNotContain("<auth");
        })) {
            assertThatThrownBy(() -> Connector.connect(overTls(peer)))
                    .hasMessageContaining(
                            "the server offers %s with the channel bindings [%s]".formatted(mechanism, type))
                    .hasMessageContaining("(XEP-0440 section 3)");
        }
    }

    @Test
    void e13_a_pinned_plus_needs_a_channel_to_bind_to() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("SCRAM-SHA-1-PLUS"));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withMechanism("SCRAM-SHA-1-PLUS").withSteps(PLAIN_TCP)))
                    .hasMessageContaining(
                            "no common channel binding: the server announces none, this connection has none");
        }
    }

    // ---- EXTERNAL, ANONYMOUS, authorization

    private static void accepts(PeerStream stream, String mechanism, String message) throws Exception {
        stream.openStream(mechanisms(mechanism));
        String auth = stream.hear("<auth [^>]*>([^<]*)</auth>").group();
        assertThat(mechanism(auth)).isEqualTo(mechanism);
        String text = auth.replaceAll("<[^>]*>", "");
        assertThat(text.equals("=") ? "" : decoded(text)).isEqualTo(message);
        stream.say(SUCCESS);
        stream.openStream();
    }

    @Test
    void e13_external_lets_the_certificate_speak_and_names_whom_to_act_for() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> accepts(stream, "EXTERNAL", ""))) {
            Connector.connect(peer.settings().withMechanism("EXTERNAL").withSteps(PLAIN_TCP));
        }
        try (var peer = ScriptedPeer.playing(stream -> accepts(stream, "EXTERNAL", "alice@localhost"))) {
            Connector.connect(peer.settings()
                    .withMechanism("EXTERNAL")
                    .withAuthorization("alice@localhost")
                    .withSteps(PLAIN_TCP));
        }
    }

    @Test
    void e13_anonymous_may_leave_a_trace() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> accepts(stream, "ANONYMOUS", "sirhc"))) {
            Connector.connect(peer.settings()
                    .withMechanisms(Mechanisms.anonymous("sirhc"))
                    .withSteps(PLAIN_TCP));
        }
    }

    @Test
    void e14_who_has_no_name_is_anonymous_and_who_has_one_is_not() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("SCRAM-SHA-1", "ANONYMOUS"));
            assertThat(mechanism(stream.hear("<auth [^>]*>").group())).isEqualTo("ANONYMOUS");
            stream.say(SUCCESS);
            stream.openStream();
        })) {
            Connector.connect(peer.settings().withCredentials("", "").withSteps(PLAIN_TCP));
        }
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("ANONYMOUS", "EXTERNAL"));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withSteps(PLAIN_TCP)))
                    .hasMessageContaining(
                            "no common SASL mechanism: the server offers ANONYMOUS EXTERNAL, we allow EXTERNAL ANONYMOUS")
                    .hasMessageContaining(
                            ", EXTERNAL only with a certificate of the client's, see withClientCertificate, ANONYMOUS only for who has no name");
        }
    }

    @Test
    void e13_plain_and_scram_name_whom_to_act_for() throws Exception {
        try (var peer =
                ScriptedPeer.playing(stream -> accepts(stream, "PLAIN", "bob@localhost\0alice\0s3cret-pencil"))) {
            Connector.connect(peer.settings().withAuthorization("bob@localhost").withSteps(PLAIN_TCP));
        }
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("SCRAM-SHA-1"));
            assertThat(message(stream.hear("<auth [^>]*>[^<]*</auth>").group()))
                    .startsWith("n,a=b=2Cb@localhost,n=alice,r=");
            refuse(stream);
        })) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withAuthorization("b,b@localhost").withSteps(PLAIN_TCP)))
                    .hasMessageContaining("not-authorized");
        }
    }

    // ---- DIGEST-MD5 (RFC 2831)

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }

    private static String field(String message, String name) {
        var matcher = Pattern.compile("(?:^|,)" + name + "=\"?([^\",]*)\"?").matcher(message);
        assertThat(matcher.find()).as(name + " in " + message).isTrue();
        return matcher.group(1);
    }

    /** {@code response-value} of section 2.1.2.1, or {@code rspauth} if the method is left out. */
    private static String digest(String response, String method) throws Exception {
        var a1 = new ByteArrayOutputStream();
        a1.writeBytes(MessageDigest.getInstance("MD5").digest("alice:localhost:s3cret-pencil".getBytes(UTF_8)));
        a1.writeBytes(":%s:%s"
                .formatted(field(response, "nonce"), field(response, "cnonce"))
                .getBytes(UTF_8));
        String a2 = md5("%s:%s".formatted(method, field(response, "digest-uri")).getBytes(UTF_8));
        return md5("%s:%s:00000001:%s:auth:%s"
                .formatted(md5(a1.toByteArray()), field(response, "nonce"), field(response, "cnonce"), a2)
                .getBytes(UTF_8));
    }

    private static String digestResponse(PeerStream stream) throws Exception {
        stream.openStream(mechanisms("DIGEST-MD5"));
        assertThat(stream.hear("<auth [^>]*>").group()).endsWith("/>");
        stream.say(
                "<challenge xmlns='%s'>%s</challenge>"
                        .formatted(
                                SASL,
                                encoded(
                                        "realm=\"localhost\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",charset=utf-8,algorithm=md5-sess")));
        return decoded(stream.hear("<response [^>]*>([^<]*)</response>").group(1));
    }

    @Test
    void e13_digest_md5_proves_the_password_and_has_the_server_prove_it_too() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            String response = digestResponse(stream);
            assertThat(field(response, "digest-uri")).isEqualTo("xmpp/localhost");
            assertThat(field(response, "response")).isEqualTo(digest(response, "AUTHENTICATE"));
            stream.say(
                    "<challenge xmlns='%s'>%s</challenge>".formatted(SASL, encoded("rspauth=" + digest(response, ""))));
            stream.hear("<response [^>]*>");
            stream.say(SUCCESS);
            stream.openStream();
        })) {
            Connector.connect(peer.settings().withMechanism("DIGEST-MD5").withSteps(PLAIN_TCP));
        }
    }

    @Test
    void e13_digest_md5_refuses_a_server_with_a_wrong_rspauth_or_with_none() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            digestResponse(stream);
            stream.say("<success xmlns='%s'>%s</success>".formatted(SASL, encoded("rspauth=" + "0".repeat(32))));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withMechanism("DIGEST-MD5").withSteps(PLAIN_TCP)))
                    .hasMessageContaining("the server broke the rules of DIGEST-MD5")
                    .hasMessageNotContaining("s3cret");
        }
        try (var peer = ScriptedPeer.playing(stream -> {
            digestResponse(stream);
            stream.say(SUCCESS);
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(
                            peer.settings().withMechanism("DIGEST-MD5").withSteps(PLAIN_TCP)))
                    .hasMessageContaining(
                            "the server did not prove that it knows the password (RFC 2831 section 2.1.3)");
        }
    }

    @Test
    void e14_digest_md5_is_not_chosen_by_itself() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("DIGEST-MD5", "PLAIN"));
            assertThat(mechanism(stream.hear("<auth [^>]*>").group())).isEqualTo("PLAIN");
            stream.say(SUCCESS);
            stream.openStream();
        })) {
            Connector.connect(peer.settings().withSteps(PLAIN_TCP));
        }
    }

    // ---- E11

    @Test
    void e11_features_offered_after_authentication_are_what_later_steps_see() throws Exception {
        ConnectionStep look = ConnectionStep.of("look", (connection, features) -> {
            assertThat(features.mechanisms()).isEmpty();
            assertThat(features.offersBind()).isTrue();
            assertThat(features.has("sm", StreamManagement.NS)).isTrue();
            return features;
        });
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(PeerStream.bindFeature(), "<sm xmlns='urn:xmpp:sm:3'/>");
        })) {
            Connector.connect(peer.settings().withSteps(Steps.openStream(), Steps.authenticate(), look));
        }
    }
}
