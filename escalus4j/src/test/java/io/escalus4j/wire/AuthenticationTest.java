package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.SASL;
import static io.escalus4j.peer.PeerStream.decoded;
import static io.escalus4j.peer.PeerStream.encoded;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SASL as it stands on the wire. */
class AuthenticationTest {
    private static final ConnectionStep[] UP_TO_AUTHENTICATION = {Steps.openStream(), Steps.authenticate()};

    /** The server's side of SCRAM, with a signature that can be spoilt. */
    private static ScriptedPeer.Script scram(ScramHash hash, boolean honest) {
        return stream -> {
            stream.openStream(mechanisms(hash.mechanism()));
            String first = decoded(stream.hear("<auth [^>]*mechanism='" + hash.mechanism() + "'[^>]*>([^<]*)</auth>")
                    .group(1));
            String bare = first.substring("n,,".length());
            String serverFirst = "r=%sSERVER,s=%s,i=64".formatted(bare.split(",r=")[1], encoded("salt"));
            stream.say("<challenge xmlns='%s'>%s</challenge>".formatted(SASL, encoded(serverFirst)));
            String last =
                    decoded(stream.hear("<response [^>]*>([^<]*)</response>").group(1));
            String signed = bare + ',' + serverFirst + ',' + last.substring(0, last.lastIndexOf(",p="));
            var keys = new ScramKeys(hash);
            byte[] salted = keys.salted("s3cret-pencil", "salt".getBytes(), 64);
            assertThat(last).endsWith(",p=" + Base64.getEncoder().encodeToString(keys.clientProof(salted, signed)));
            byte[] signature = keys.serverSignature(salted, honest ? signed : signed + "x");
            String serverFinal = "v=" + Base64.getEncoder().encodeToString(signature);
            stream.say("<success xmlns='%s'>%s</success>".formatted(SASL, encoded(serverFinal)));
            if (honest) {
                stream.openStream();
            } else {
                stream.hearAll();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void e13_scram_works_over_a_stream(ScramHash hash) throws Exception {
        try (var peer = ScriptedPeer.playing(scram(hash, true))) {
            Connection connection = Connector.connect(peer.settings().withSteps(UP_TO_AUTHENTICATION));

            assertThat(connection.log()).containsExactly(hash.mechanism());
        }
    }

    @Test
    void e08_a_server_that_cannot_sign_is_left_and_nothing_secret_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(scram(ScramHash.SHA_256, false))) {
            Throwable failure =
                    catchThrowable(() -> Connector.connect(peer.settings().withSteps(UP_TO_AUTHENTICATION)));

            assertThat(failure)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("step 'authenticate' failed: the server's signature is wrong")
                    .hasMessageNotContaining("s3cret")
                    .hasMessageNotContaining("v=");
        }
    }

    private static Optional<String> nothing(SaslMechanism speaksAgainst) {
        return Optional.empty();
    }

    @Test
    void e14_the_strongest_mechanism_of_the_offer_is_chosen() {
        var all = Mechanisms.STRONGEST_FIRST;

        assertThat(all.choose(List.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"), AuthenticationTest::nothing)
                        .name())
                .isEqualTo("SCRAM-SHA-256");
        assertThat(all.choose(List.of("PLAIN", "SCRAM-SHA-512", "SCRAM-SHA-1"), AuthenticationTest::nothing)
                        .name())
                .isEqualTo("SCRAM-SHA-512");
        assertThat(all.choose(List.of("PLAIN", "X-OAUTH2"), AuthenticationTest::nothing)
                        .name())
                .isEqualTo("PLAIN");
    }

    @Test
    void e14_a_pinned_mechanism_is_used_though_a_stronger_one_is_offered() {
        assertThat(Mechanisms.only("SCRAM-SHA-1")
                        .choose(List.of("SCRAM-SHA-512", "SCRAM-SHA-1"), AuthenticationTest::nothing)
                        .name())
                .isEqualTo("SCRAM-SHA-1");
    }

    @Test
    void e14_no_common_mechanism_says_both_sides() {
        assertThatThrownBy(() -> Mechanisms.only("SCRAM-SHA-1")
                        .choose(List.of("PLAIN", "EXTERNAL"), AuthenticationTest::nothing))
                .hasMessage(
                        "no common SASL mechanism: the server offers PLAIN EXTERNAL, we allow SCRAM-SHA-1 (RFC 6120 section 6.3.3)");
        assertThatThrownBy(() -> Mechanisms.only("SCRAM-SHA-1").choose(List.of(), AuthenticationTest::nothing))
                .hasMessageContaining("the server offers none");
    }

    @Test
    void the_password_is_not_told_in_clear_unless_that_was_pinned() {
        assertThatThrownBy(() -> Mechanisms.STRONGEST_FIRST.choose(
                        List.of("PLAIN"), mechanism -> Optional.of("only over TLS unless it is pinned")))
                .hasMessageContaining("PLAIN only over TLS unless it is pinned");
        assertThat(Mechanisms.only("PLAIN")
                        .choose(List.of("PLAIN"), mechanism -> Optional.of("only over TLS unless it is pinned"))
                        .name())
                .isEqualTo("PLAIN");
    }

    @Test
    void an_unknown_mechanism_cannot_be_pinned() {
        assertThatThrownBy(() -> Mechanisms.only("SCRAM-MD5"))
                .hasMessage(
                        "'SCRAM-MD5' is no SASL mechanism of ours, they are EXTERNAL ANONYMOUS SCRAM-SHA-512-PLUS SCRAM-SHA3-512-PLUS"
                                + " SCRAM-SHA-384-PLUS SCRAM-SHA3-384-PLUS SCRAM-SHA-256-PLUS SCRAM-SHA3-256-PLUS SCRAM-SHA-224-PLUS"
                                + " SCRAM-SHA3-224-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-512 SCRAM-SHA3-512 SCRAM-SHA-384 SCRAM-SHA3-384"
                                + " SCRAM-SHA-256 SCRAM-SHA3-256 SCRAM-SHA-224 SCRAM-SHA3-224 SCRAM-SHA-1 PLAIN DIGEST-MD5");
    }

    @Test
    void e13_a_mechanism_of_ones_own_takes_part() throws Exception {
        var shout = new SaslMechanism() {
            @Override
            public String name() {
                return "X-SHOUT";
            }

            @Override
            public SaslExchange begin(Connection connection) {
                return new SaslExchange() {
                    @Override
                    public Optional<byte[]> initialResponse() {
                        return Optional.of(new byte[0]);
                    }

                    @Override
                    public byte[] respond(byte[] challenge) {
                        return new String(challenge).toUpperCase().getBytes();
                    }

                    @Override
                    public void finish(byte[] data) {
                        assertThat(data).isEmpty();
                    }
                };
            }
        };
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("X-SHOUT"));
            assertThat(stream.hear("<auth [^>]*>([^<]*)</auth>").group(1)).isEqualTo("=");
            stream.say("<challenge xmlns='%s'>%s</challenge>".formatted(SASL, encoded("hello")));
            assertThat(decoded(stream.hear("<response [^>]*>([^<]*)</response>").group(1)))
                    .isEqualTo("HELLO");
            stream.say("<success xmlns='%s'>=</success>".formatted(SASL));
            stream.openStream();
        })) {
            Connector.connect(
                    peer.settings().withMechanisms(Mechanisms.only(shout)).withSteps(UP_TO_AUTHENTICATION));
        }
    }

    @Test
    void a_challenge_that_plain_does_not_know_is_refused() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.hear("<auth");
            stream.say("<challenge xmlns='%s'/>".formatted(SASL));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("a challenge came, PLAIN has none");
        }
    }

    @Test
    void a_challenge_that_is_no_base64_is_refused() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("SCRAM-SHA-1"));
            stream.hear("<auth");
            stream.say("<challenge xmlns='%s'>***</challenge>".formatted(SASL));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("<challenge/> is not Base64");
        }
    }

    @Test
    void plain_tells_name_and_password() throws Exception {
        try (var peer =
                ScriptedPeer.playing(stream -> assertThat(stream.login()).isEqualTo("\0alice\0s3cret-pencil"))) {
            Connector.connect(peer.settings());
        }
        assertThat(PeerStream.decoded(encoded("x"))).isEqualTo("x");
    }
}
