package io.escalus4j.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.StringPreparation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScramTest {
    private static final Credentials PENCIL = new Credentials("user", "pencil");
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String SERVER_FIRST = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

    private static SaslExchange exchange(ScramHash hash, Credentials credentials, Iterations iterations) {
        return new Scram(hash, false, () -> NONCE).begin(credentials, iterations, Gs2.NONE, Optional.empty());
    }

    private static SaslExchange sha1() {
        return exchange(ScramHash.SHA_1, PENCIL, Iterations.ANY);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String first(SaslExchange exchange) {
        return text(exchange.initialResponse().orElseThrow());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void the_example_of_rfc_5802_comes_out_as_printed() {
        SaslExchange exchange = sha1();

        assertThat(first(exchange)).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        assertThat(text(exchange.respond(bytes(SERVER_FIRST))))
                .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        exchange.finish(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    }

    @Test
    void the_example_of_rfc_7677_comes_out_as_printed() {
        SaslExchange exchange = new Scram(ScramHash.SHA_256, false, () -> "rOprNGfwEbeRWgbNEkqO")
                .begin(PENCIL, Iterations.REAL, Gs2.NONE, Optional.empty());

        exchange.initialResponse();
        assertThat(text(exchange.respond(bytes(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))))
                .isEqualTo(
                        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        exchange.finish(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    /** The numbers are those of Python's hashlib and hmac, since neither the JDK nor the other client has PBKDF2 over SHA-3. */
    @ParameterizedTest
    @CsvSource({
        "SHA3_224, KDxiC7YoeLFCedUHvDe3EdWZ3DrbmGLUUpxstQ==, jkWubuLfN/k9nMHsw+/zAOWpak24ZqwMGnHHFw==",
        "SHA3_256, bvP1ipDQUSrt6R4HoFOwWVNqGt1cNpFnmSgTWitYZnI=, rNVv15uifLfd40Uqs8/z/i4ua3UBs2yqaFWZJBo/Q/I=",
        "SHA3_384, GDAefVrH7cQVaYHdcL1TTQwr84uR0Q7V6vfsNKCQ0lNAEu8pN/VPZtFMgiwR4B3k, FY1d2DbagRt5cuMJkVkIOg7wMwdRbxghsjJmfC8MFTz1gxVmFwSDzbnVqQEdU3ue",
        "SHA3_512, N7ytQZSIFD8AzBqDJaax/1FHYhtpW32G9OD3Kc1yPoo9oIYNIgtZmkOpWNCIMZqtegpjpw5eh0gFEwGj3hpbiw==, U5xK5z7rtvUwx1EoCmpw+AFVz3KAfsFxJWRNJQcB2OaAsmkLMo0pQfuA3BjPueIhrwDVzymXThh76pySm0XP2g=="
    })
    void e13_scram_over_sha_3_agrees_with_another_calculation(ScramHash hash, String proof, String signature) {
        SaslExchange exchange = exchange(hash, PENCIL, Iterations.ANY);

        assertThat(text(exchange.respond(bytes(SERVER_FIRST)))).endsWith(",p=" + proof);
        exchange.finish(bytes("v=" + signature));
    }

    @ParameterizedTest
    @EnumSource(
            value = ScramHash.class,
            names = {"SHA_1", "SHA_224", "SHA_256", "SHA_384", "SHA_512"})
    void every_hash_agrees_with_another_client(ScramHash hash) throws Exception {
        ScramClient other = ScramClient.builder()
                .advertisedMechanisms(List.of(hash.mechanism()))
                .username("user")
                .password("pencil".toCharArray())
                .nonceSupplier(() -> NONCE)
                .build();
        other.clientFirstMessage();
        other.serverFirstMessage(SERVER_FIRST);
        SaslExchange ours = exchange(hash, PENCIL, Iterations.ANY);

        assertThat(text(ours.respond(bytes(SERVER_FIRST))))
                .isEqualTo(other.clientFinalMessage().toString());
    }

    @Test
    void names_and_passwords_are_prepared_and_escaped() throws Exception {
        var credentials = new Credentials("a,b=c\u00AA", "I\u00ADX\u2168");
        ScramClient other = ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-1"))
                .username(credentials.username())
                .password(credentials.password().toCharArray())
                .stringPreparation(StringPreparation.SASL_PREPARATION)
                .nonceSupplier(() -> NONCE)
                .build();
        SaslExchange ours = exchange(ScramHash.SHA_1, credentials, Iterations.ANY);

        assertThat(first(ours))
                .isEqualTo("n,,n=a=2Cb=3Dca,r=" + NONCE)
                .isEqualTo(other.clientFirstMessage().toString());
        other.serverFirstMessage(SERVER_FIRST);
        assertThat(text(ours.respond(bytes(SERVER_FIRST))))
                .isEqualTo(other.clientFinalMessage().toString());
    }

    @Test
    void a_forbidden_character_in_the_password_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> exchange(ScramHash.SHA_1, new Credentials("user", "top\u0007secret"), Iterations.ANY)
                        .respond(bytes(SERVER_FIRST)))
                .hasMessage("name or password has characters that SASLprep forbids (RFC 4013 section 2.3)")
                .hasNoCause();
    }

    @Test
    void nonces_are_fresh() {
        var scram = new Scram(ScramHash.SHA_256, false);
        String one = first(scram.begin(PENCIL, Iterations.ANY, Gs2.NONE, Optional.empty()));

        assertThat(first(scram.begin(PENCIL, Iterations.ANY, Gs2.NONE, Optional.empty())))
                .isNotEqualTo(one)
                .hasSameSizeAs(one);
    }

    // ---- the channel and the offer

    @Test
    void e13_a_bound_exchange_agrees_with_another_client() throws Exception {
        ScramClient other = ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
                .username("user")
                .password("pencil".toCharArray())
                .channelBinding("tls-server-end-point", bytes("binding data"))
                .nonceSupplier(() -> NONCE)
                .build();
        SaslExchange ours = new Scram(ScramHash.SHA_256, true, () -> NONCE)
                .begin(
                        PENCIL,
                        Iterations.ANY,
                        new Gs2("p=tls-server-end-point,,", bytes("binding data")),
                        Optional.empty());

        assertThat(first(ours)).isEqualTo(other.clientFirstMessage().toString());
        other.serverFirstMessage(SERVER_FIRST);
        assertThat(text(ours.respond(bytes(SERVER_FIRST))))
                .isEqualTo(other.clientFinalMessage().toString());
    }

    private static final SaslOffer OFFER = new SaslOffer(
            List.of("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"),
            Optional.of(List.of("tls-server-end-point", "tls-exporter")),
            true);

    private static SaslExchange offered(SaslOffer offer) {
        return new Scram(ScramHash.SHA_1, false, () -> NONCE)
                .begin(PENCIL, Iterations.ANY, Gs2.NONE, Optional.of(offer));
    }

    @Test
    void the_hash_of_the_offer_is_that_of_the_example_of_xep_0474() {
        byte[] reply = offered(OFFER).respond(bytes(SERVER_FIRST + ",h=G6k/rBLDqgOhRRaCuuatSDFkJ08="));

        assertThat(text(reply)).startsWith("c=biws,");
    }

    @Test
    void an_offer_that_was_changed_on_its_way_is_seen() {
        var stripped = new SaslOffer(List.of("SCRAM-SHA-1"), Optional.empty(), true);

        assertThatThrownBy(() -> offered(stripped).respond(bytes(SERVER_FIRST + ",h=G6k/rBLDqgOhRRaCuuatSDFkJ08=")))
                .isInstanceOf(SaslViolation.class)
                .hasMessage(
                        "the server's list of mechanisms or of channel bindings was changed on its way to us (XEP-0474 section 5.2)");
    }

    // ---- servers that break the rules

    @Test
    void a_wrong_server_signature_is_refused() {
        SaslExchange exchange = sha1();
        exchange.respond(bytes(SERVER_FIRST));

        assertThatThrownBy(() -> exchange.finish(bytes("v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
                .isInstanceOf(SaslViolation.class)
                .hasMessage("the server's signature is wrong: it does not know the password (RFC 5802 section 3)");
    }

    @Test
    void a_missing_server_signature_is_refused() {
        SaslExchange early = sha1();
        assertThatThrownBy(() -> early.finish(new byte[0]))
                .hasMessage("the server did not prove that it knows the password (RFC 5802 section 3)");

        SaslExchange late = sha1();
        late.respond(bytes(SERVER_FIRST));
        assertThatThrownBy(() -> late.finish(new byte[0])).hasMessageContaining("did not prove");
    }

    @Test
    void the_server_signature_may_come_as_a_last_challenge() {
        SaslExchange exchange = sha1();
        exchange.respond(bytes(SERVER_FIRST));

        assertThat(exchange.respond(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))).isEmpty();
        exchange.finish(new byte[0]);
        assertThatThrownBy(() -> exchange.respond(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")))
                .hasMessageContaining("a challenge came after the server's proof");
    }

    @Test
    void an_error_of_the_server_is_told() {
        SaslExchange exchange = sha1();
        exchange.respond(bytes(SERVER_FIRST));

        assertThatThrownBy(() -> exchange.finish(bytes("e=invalid-proof")))
                .hasMessageContaining("the server refused: invalid-proof");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096    | nonce does not continue ours",
                "r=other,s=QSXCR+Q6sek8bf92,i=4096                       | nonce does not continue ours",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=0      | iteration count was '0', we allow 1 to 1000000",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=1000001 | iteration count was '1000001'",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=-1     | iteration count was '-1'",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=99999999999 | iteration count was '99999999999'",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92          | iteration count was ''",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=,i=4096                   | the salt is missing",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=%%%,i=4096                | the salt is not Base64",
                "r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=1,i=2  | an attribute stands twice",
                "m=x,r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=1  | an extension was demanded that we do not know",
                "nonsense                                                 | is not 'x=value'",
            })
    void a_bad_first_message_is_refused(String message, String why) {
        assertThatThrownBy(() -> sha1().respond(bytes(message)))
                .isInstanceOf(SaslViolation.class)
                .hasMessageContaining(why);
    }

    @Test
    void real_servers_must_demand_4096_rounds() {
        String few = SERVER_FIRST.replace("4096", "4095");

        assertThatThrownBy(
                        () -> exchange(ScramHash.SHA_1, PENCIL, Iterations.REAL).respond(bytes(few)))
                .hasMessageContaining("iteration count was '4095', we allow 4096 to 1000000");
        assertThatThrownBy(() -> new Iterations(0, 5)).hasMessage("iterations must be 1 <= min <= max, was 0..5");
    }
}
