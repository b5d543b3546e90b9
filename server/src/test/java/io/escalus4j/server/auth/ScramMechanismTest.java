package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.Login.ALICE;
import static io.escalus4j.server.auth.Login.BOB;
import static io.escalus4j.server.auth.Login.challenge;
import static io.escalus4j.server.auth.Login.step;
import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import io.escalus4j.server.xmpp.Jid;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM against the client of OnGres, which shares no code with the server. */
class ScramMechanismTest {
    private final Login login = new Login();

    private static ScramClient client(String mechanism, String user, String password) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of(mechanism))
                .username(user)
                .password(password.toCharArray())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void a_client_and_the_server_convince_each_other(String mechanism) throws Exception {
        var client = client(mechanism, "alice", "wonderland");
        var server = login.start(mechanism);

        client.serverFirstMessage(
                challenge(step(server, client.clientFirstMessage().toString())));
        var success =
                (SaslStep.Success) step(server, client.clientFinalMessage().toString());

        client.serverFinalMessage(new String(success.data(), UTF_8));
        assertThat(success.account()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void a_wrong_password_is_not_authorized(String mechanism) throws Exception {
        assertThat(attempt(mechanism, "alice", "wonderlan", UnaryOperator.identity()))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void a_password_with_commas_and_equals_signs_is_a_password() throws Exception {
        assertThat(attempt("SCRAM-SHA-256", "bob", "b, = ?", UnaryOperator.identity()))
                .isInstanceOfSatisfying(
                        SaslStep.Success.class,
                        success -> assertThat(success.account()).isEqualTo(BOB));
    }

    @Test
    void a_password_is_prepared_before_it_is_compared() throws Exception {
        login.add(Jid.of("kate@localhost"), "ⅨKate");

        assertThat(attempt("SCRAM-SHA-256", "kate", "IXKate", UnaryOperator.identity()))
                .isInstanceOf(SaslStep.Success.class);
    }

    @Test
    void an_escaped_name_is_the_name() {
        assertThat(step(login.start("SCRAM-SHA-256"), "n,,n=al=3Dice,r=nonce")).isInstanceOf(SaslStep.Challenge.class);
    }

    private SaslStep attempt(String mechanism, String user, String password, UnaryOperator<String> change)
            throws Exception {
        var client = client(mechanism, user, password);
        var server = login.start(mechanism);
        client.serverFirstMessage(
                challenge(step(server, client.clientFirstMessage().toString())));
        return step(server, change.apply(client.clientFinalMessage().toString()));
    }

    // ---- bound to the channel (attacks 35 and 36)

    private static final TlsChannel CHANNEL = new TlsChannel(
            Map.of("tls-exporter", "exported".getBytes(UTF_8), "tls-server-end-point", "digest".getBytes(UTF_8)),
            Optional.empty());

    private static ScramClient bound(String type, String data) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
                .username("alice")
                .password("wonderland".toCharArray())
                .channelBinding(type, data.getBytes(UTF_8))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"tls-exporter, exported", "tls-server-end-point, digest"})
    void e13_a_client_that_sees_the_same_channel_gets_in(String type, String data) throws Exception {
        var client = bound(type, data);
        var server = login.start("SCRAM-SHA-256-PLUS", CHANNEL);

        client.serverFirstMessage(
                challenge(step(server, client.clientFirstMessage().toString())));
        var success =
                (SaslStep.Success) step(server, client.clientFinalMessage().toString());

        client.serverFinalMessage(new String(success.data(), UTF_8));
        assertThat(success.account()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @CsvSource({"tls-exporter, digest", "tls-server-end-point, exported", "tls-exporter, ''"})
    void a_client_that_sees_another_channel_does_not(String type, String data) throws Exception {
        var server = login.start("SCRAM-SHA-256-PLUS", CHANNEL);
        var client = data.isEmpty() ? bound(type, "-") : bound(type, data);
        client.serverFirstMessage(
                challenge(step(server, client.clientFirstMessage().toString())));

        assertThat(step(server, client.clientFinalMessage().toString()))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256      | y,,                | NOT_AUTHORIZED", // somebody took -PLUS away
                "SCRAM-SHA-256      | p=tls-exporter,,   | MALFORMED_REQUEST",
                "SCRAM-SHA-256-PLUS | n,,                | MALFORMED_REQUEST",
                "SCRAM-SHA-256-PLUS | y,,                | MALFORMED_REQUEST",
                "SCRAM-SHA-256-PLUS | p=tls-unique,,     | NOT_AUTHORIZED",
                "SCRAM-SHA-256-PLUS | p=TLS-EXPORTER,,   | NOT_AUTHORIZED",
                "SCRAM-SHA-256-PLUS | p=,,               | MALFORMED_REQUEST",
            })
    void a_flag_that_does_not_fit_the_offer_fails(String mechanism, String header, SaslCondition condition) {
        assertThat(step(login.start(mechanism, CHANNEL), header + "n=alice,r=nonce"))
                .isEqualTo(new SaslStep.Failure(condition));
    }

    @Test
    void a_client_that_cannot_bind_is_let_in_without() {
        assertThat(step(login.start("SCRAM-SHA-256", CHANNEL), "n,,n=alice,r=nonce"))
                .isInstanceOf(SaslStep.Challenge.class);
    }

    @Test
    void the_hash_of_the_offer_is_that_of_the_example_of_xep_0474() {
        var offer = new SaslOffer(
                "localhost",
                CHANNEL,
                List.of("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"),
                List.of("tls-server-end-point", "tls-exporter"),
                true);
        var server = login.mechanisms.start("SCRAM-SHA-1", offer).orElseThrow();

        assertThat(challenge(step(server, "n,,n=alice,r=nonce"))).endsWith(",i=4096,h=G6k/rBLDqgOhRRaCuuatSDFkJ08=");
    }

    // ---- what must fail (RFC 5802 section 7)

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "n,,n=alice",
                "n,,r=nonce",
                "n,,n=,r=nonce",
                "n,,n=alice,r=",
                "n,,r=nonce,n=alice",
                "n,,n=ali=ce,r=nonce",
                "n,,n=ali=2cce,r=nonce",
                "n,,n=alice,r=no nce",
                "n,,n=alice,r=n\u00f6nce",
                "n=alice,r=nonce",
                "x,,n=alice,r=nonce",
                "n,b=alice,n=alice,r=nonce",
                "n,a=,n=alice,r=nonce",
                "n,a=al=ice,n=alice,r=nonce",
                "p=tls-exporter,,n=alice,r=nonce",
                "p=tls-unique,,n=alice,r=nonce",
                "n,,m=future,n=alice,r=nonce",
                "n,,n=alice,r=nonce,m=future",
                "n,,n=alice,r=nonce,x=1,m=future"
            })
    void a_malformed_first_message_fails(String message) {
        assertThat(step(login.start("SCRAM-SHA-256"), message)).isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,,n=alice,r=nonce",
                "y,,n=alice,r=nonce",
                "n,,n=alice,r=nonce,x=unknown",
                "n,a=alice@localhost,n=alice,r=nonce"
            })
    void a_right_first_message_is_challenged_with_a_longer_nonce(String message) {
        String challenge = challenge(step(login.start("SCRAM-SHA-256"), message));

        assertThat(challenge).matches("r=nonce[\\x21-\\x2B\\x2D-\\x7E]{24},s=[A-Za-z0-9+/]{22}==,i=4096");
    }

    @Test
    void each_challenge_has_a_nonce_of_its_own() {
        assertThat(challenge(step(login.start("SCRAM-SHA-256"), "n,,n=alice,r=nonce")))
                .isNotEqualTo(challenge(step(login.start("SCRAM-SHA-256"), "n,,n=alice,r=nonce")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@localhost", "alice@example.org", "bob", "localhost", "alice@localhost/phone", "@"})
    void nobody_acts_for_another(String authzid) {
        assertThat(step(login.start("SCRAM-SHA-256"), "n,a=%s,n=alice,r=nonce".formatted(authzid)))
                .isEqualTo(new SaslStep.Failure(INVALID_AUTHZID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "alice@localhost", "alice/phone", "alice@example.org/"})
    void a_name_that_no_account_can_have_is_not_authorized(String name) {
        assertThat(step(login.start("SCRAM-SHA-256"), "n,,n=%s,r=nonce".formatted(name)))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c=biws | c=eSws | NOT_AUTHORIZED", // y,, instead of n,,
                "c=biws | c=cD10bHMtdW5pcXVlLCw= | NOT_AUTHORIZED",
                "c=biws | c=b!ws | MALFORMED_REQUEST",
                "c=biws | c= | MALFORMED_REQUEST",
                "c=biws, | '' | MALFORMED_REQUEST",
                ",r= | ,r=x | NOT_AUTHORIZED",
                ",r= | ,r=, | MALFORMED_REQUEST",
                ",r= | ,x=1,r= | MALFORMED_REQUEST",
                ",p= | x,p= | NOT_AUTHORIZED",
                ",p= | ,x=1,p= | NOT_AUTHORIZED",
                ",p= | ,m=1,p= | MALFORMED_REQUEST",
                ",p= | ,p=A | MALFORMED_REQUEST",
                ",p= | ,p=AAAA | NOT_AUTHORIZED",
                ",p= | ,q= | MALFORMED_REQUEST",
                ",p= | p= | MALFORMED_REQUEST",
            })
    void a_changed_final_message_fails(String from, String to, SaslCondition condition) throws Exception {
        assertThat(attempt("SCRAM-SHA-256", "alice", "wonderland", message -> message.replaceFirst(from, to)))
                .isEqualTo(new SaslStep.Failure(condition));
    }

    @Test
    void a_proof_in_which_one_bit_differs_fails() throws Exception {
        var outcome = attempt("SCRAM-SHA-256", "alice", "wonderland", message -> {
            int at = message.indexOf(",p=") + 3;
            byte[] proof = Base64.getDecoder().decode(message.substring(at));
            proof[31] ^= 1;
            return message.substring(0, at) + Base64.getEncoder().encodeToString(proof);
        });

        assertThat(outcome).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void a_nonce_that_is_only_the_clients_fails() throws Exception {
        assertThat(attempt(
                        "SCRAM-SHA-256",
                        "alice",
                        "wonderland",
                        message -> message.replaceFirst("(,r=.{24}).*?,p=", "$1,p=")))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void a_final_message_works_once() throws Exception {
        var client = client("SCRAM-SHA-256", "alice", "wonderland");
        var server = login.start("SCRAM-SHA-256");
        client.serverFirstMessage(
                challenge(step(server, client.clientFirstMessage().toString())));
        String last = client.clientFinalMessage().toString();

        assertThat(step(server, last)).isInstanceOf(SaslStep.Success.class);
        assertThat(step(server, last)).isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @Test
    void bytes_that_are_no_utf8_fail() {
        assertThat(step(login.start("SCRAM-SHA-256"), new byte[] {'n', ',', ',', 'n', '=', (byte) 0xC0, (byte) 0x80}))
                .isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    // ---- nobody learns which accounts exist

    @Test
    void an_unknown_user_gets_a_challenge_like_any_other_and_the_same_salt_each_time() {
        String first = challenge(step(login.start("SCRAM-SHA-256"), "n,,n=nobody,r=nonce"));
        String second = challenge(step(login.start("SCRAM-SHA-256"), "n,,n=nobody,r=nonce"));
        String other = challenge(step(login.start("SCRAM-SHA-256"), "n,,n=nobody2,r=nonce"));

        assertThat(first).matches("r=nonce[\\x21-\\x2B\\x2D-\\x7E]{24},s=[A-Za-z0-9+/]{22}==,i=4096");
        assertThat(salt(second)).isEqualTo(salt(first));
        assertThat(salt(other)).isNotEqualTo(salt(first));
    }

    private static String salt(String challenge) {
        return challenge.replaceFirst(".*,s=([^,]*),.*", "$1");
    }

    @Test
    void an_unknown_user_has_a_salt_of_its_own_per_hash_as_real_ones_do() {
        assertThat(salt(challenge(step(login.start("SCRAM-SHA-1"), "n,,n=nobody,r=nonce"))))
                .isNotEqualTo(salt(challenge(step(login.start("SCRAM-SHA-256"), "n,,n=nobody,r=nonce"))));
    }

    @Test
    void an_unknown_user_fails_as_late_and_in_the_same_way_as_a_wrong_password() throws Exception {
        assertThat(attempt("SCRAM-SHA-256", "nobody", "wonderland", UnaryOperator.identity()))
                .isEqualTo(attempt("SCRAM-SHA-256", "alice", "wrong", UnaryOperator.identity()));
    }

    // ---- the example of RFC 5802 section 5

    @Test
    void the_example_of_the_rfc_is_computed_as_printed() {
        var scram = Scram.of("SHA-1");
        var verifier = scram.verifier("pencil", Base64.getDecoder().decode("QSXCR+Q6sek8bf92"), 4096);
        String signed = "n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                + "s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";

        assertThat(scram.isProof(
                        Base64.getDecoder().decode("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="), verifier.storedKey(), signed))
                .isTrue();
        assertThat(Base64.getEncoder().encodeToString(scram.hmac(verifier.serverKey(), signed)))
                .isEqualTo("rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }
}
