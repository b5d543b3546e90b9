package io.escalus4j.server;

import static io.escalus4j.server.RawClient.base64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.xmpp.Jid;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SASL on the wire (RFC 6120 section 6); what the mechanisms refuse is tested with them. */
class AuthenticationTest {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .domain("localhost")
                .domain("example.org")
                .profile(Profile.TEST)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final String user = RawClient.freshUser(server);

    private static String auth(String mechanism, String text) {
        return "<auth xmlns='%s' mechanism='%s'>%s</auth>".formatted(SASL, mechanism, text);
    }

    private static String response(String text) {
        return "<response xmlns='%s'>%s</response>".formatted(SASL, text);
    }

    private static String failure(String condition) {
        return "<failure xmlns='%s'><%s/></failure>".formatted(SASL, condition);
    }

    @Test
    void all_mechanisms_are_offered_the_strongest_first() {
        try (var client = RawClient.to(server)) {
            assertThat(client.open())
                    .contains("<mechanisms xmlns='" + SASL + "'><mechanism>SCRAM-SHA-512</mechanism>"
                            + "<mechanism>SCRAM-SHA-256</mechanism><mechanism>SCRAM-SHA-1</mechanism>"
                            + "<mechanism>PLAIN</mechanism><mechanism>ANONYMOUS</mechanism></mechanisms>");
        }
    }

    /** The other client forgets what it does not know, although RFC 5802 section 5.1 wants it to be signed. */
    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void a_client_that_shares_no_code_logs_in(String mechanism) throws Exception {
        try (var unprotected = XmppServer.builder()
                .profile(Profile.TEST)
                .without("downgrade-protection")
                .start()) {
            logsIn(unprotected, mechanism);
        }
    }

    private static void logsIn(XmppServer server, String mechanism) throws Exception {
        String user = RawClient.freshUser(server);
        var scram = ScramClient.builder()
                .advertisedMechanisms(List.of(mechanism))
                .username(user)
                .password("secret".toCharArray())
                .build();
        try (var client = RawClient.opened(server)) {
            client.send(auth(mechanism, base64(scram.clientFirstMessage().toString())));
            scram.serverFirstMessage(text(client, "challenge"));
            client.send(response(base64(scram.clientFinalMessage().toString())));
            scram.serverFinalMessage(text(client, "success"));
            client.open();
            assertThat(client.bind("phone")).isEqualTo(user + "@localhost/phone");
        }
    }

    private static String text(RawClient client, String element) {
        client.expect("<" + element + " xmlns='" + SASL + "'>");
        String encoded = client.expect("</" + element + ">").replaceFirst("<.*", "");
        return new String(Base64.getDecoder().decode(encoded), UTF_8);
    }

    @Test
    void who_sends_no_initial_response_is_asked_for_it() {
        try (var client = RawClient.opened(server)) {
            client.send(auth("PLAIN", "")).expect("<challenge xmlns='" + SASL + "'/>");
            client.send(response(base64("\0" + user + "\0secret"))).expect("<success xmlns='" + SASL + "'/>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, =, malformed-request",
        "PLAIN, ?, incorrect-encoding",
        "PLAIN, YQ, malformed-request",
        "SCRAM-SHA-256, YQ=, incorrect-encoding",
        "SCRAM-SHA-256, bm9uc2Vuc2U=, malformed-request",
        "DIGEST-MD5, YQ==, invalid-mechanism",
        "SCRAM-SHA-256-PLUS, YQ==, invalid-mechanism",
        "plain, YQ==, invalid-mechanism",
        "EXTERNAL, =, invalid-mechanism",
        "ANONYMOUS, /w==, malformed-request"
    })
    void what_cannot_be_understood_fails_as_the_rfc_says(String mechanism, String message, String condition) {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(auth(mechanism, message)).expect("</failure>"))
                    .isEqualTo(failure(condition));
            client.authenticate(user, "secret");
        }
    }

    @Test
    void white_space_inside_of_base64_is_incorrect_encoding() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(auth("PLAIN", "AGFs\naWNl")).expect("</failure>"))
                    .isEqualTo(failure("incorrect-encoding"));
        }
    }

    @Test
    void an_aborted_negotiation_is_over_and_another_may_begin() {
        try (var client = RawClient.opened(server)) {
            client.send(auth("SCRAM-SHA-256", base64("n,,n=" + user + ",r=nonce")))
                    .expect("</challenge>");
            assertThat(client.send("<abort xmlns='" + SASL + "'/>").expect("</failure>"))
                    .isEqualTo(failure("aborted"));
            client.authenticate(user, "secret");
        }
    }

    @Test
    void a_response_to_nothing_is_malformed() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(response("YQ==")).expect("</failure>")).isEqualTo(failure("malformed-request"));
        }
    }

    @Test
    void an_unknown_element_of_sasl_ends_the_stream() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send("<challenge xmlns='" + SASL + "'>YQ==</challenge>")
                            .expectEnd())
                    .contains("<unsupported-stanza-type ");
        }
    }

    // ---- attack 39: authenticate as one, act as another

    @ParameterizedTest
    @ValueSource(strings = {"bob@localhost", "bob", "localhost", "\0bob@localhost"})
    void nobody_acts_for_another(String authzid) {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(auth("PLAIN", base64(authzid + "\0" + user + "\0secret")))
                            .expect("</failure>"))
                    .containsAnyOf("<invalid-authzid/>", "<malformed-request/>");
            client.send("<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
            assertThat(client.expectEnd()).contains("<not-authorized ");
        }
    }

    // ---- attack 41: nobody learns which accounts exist

    @Test
    void a_wrong_name_is_answered_with_the_same_bytes_as_a_wrong_password() {
        String stranger = user.replace('-', '_');

        assertThat(plainFailure(stranger)).isEqualTo(plainFailure(user)).isEqualTo(failure("not-authorized"));
        assertThat(scramFailure(stranger)).isEqualTo(scramFailure(user)).isEqualTo(failure("not-authorized"));
    }

    private static String plainFailure(String name) {
        try (var client = RawClient.opened(server)) {
            return client.send(RawClient.plain(name, "wrong")).expect("</failure>");
        }
    }

    private static String scramFailure(String name) {
        try (var client = RawClient.opened(server)) {
            client.send(auth("SCRAM-SHA-256", base64("n,,n=" + name + ",r=nonce")));
            String challenge = text(client, "challenge");
            assertThat(challenge).matches("r=nonce.{24},s=.{24},i=4096,h=.{44}");
            String nonce = challenge.replaceFirst("r=([^,]*),.*", "$1");
            String proof = Base64.getEncoder().encodeToString(new byte[32]);
            return client.send(response(base64("c=biws,r=" + nonce + ",p=" + proof)))
                    .expect("</failure>");
        }
    }

    // ---- attack 43: brute force

    @Test
    void a_stream_has_three_tries() {
        try (var client = RawClient.opened(server)) {
            for (int i = 0; i < 3; i++) {
                client.send(RawClient.plain(user, "wrong " + i)).expect(failure("not-authorized"));
            }
            assertThat(client.expectEnd())
                    .startsWith("<stream:error><policy-violation ")
                    .endsWith("</stream:stream>");
        }
    }

    @Test
    void other_failures_count_as_tries_too() {
        try (var client = RawClient.opened(server)) {
            client.send(auth("NONE", "=")).expect("</failure>");
            client.send(auth("PLAIN", "?")).expect("</failure>");
            client.send("<abort xmlns='" + SASL + "'/>").expect("</failure>");
            assertThat(client.expectEnd()).contains("<policy-violation ");
        }
    }

    @Test
    void the_victim_of_many_tries_still_gets_in() {
        for (int i = 0; i < 10; i++) {
            try (var guesser = RawClient.opened(server)) {
                guesser.send((RawClient.plain(user, "guess " + i)).repeat(3)).expectEnd();
            }
        }
        try (var victim = RawClient.login(server, user, "phone")) {
            assertThat(victim.jid()).isEqualTo(user + "@localhost/phone");
        }
    }

    @Test
    void tries_behind_the_last_one_are_not_looked_at() {
        try (var client = RawClient.opened(server)) {
            client.send(RawClient.plain(user, "wrong").repeat(3) + RawClient.plain(user, "secret"));
            assertThat(client.expectEnd()).doesNotContain("success");
        }
    }

    // ---- attack 44: another host after authentication

    @ParameterizedTest
    @CsvSource({"example.org, not-authorized", "nowhere.example, host-unknown"})
    void who_has_authenticated_to_one_host_does_not_get_to_another(String other, String condition) {
        try (var client = RawClient.opened(server)) {
            client.send(RawClient.plain(user, "secret")).expect("<success");
            client.send(RawClient.HEADER.replace("to='localhost'", "to='" + other + "'"));
            assertThat(client.expectEnd()).contains("<" + condition + " ").doesNotContain("features");
        }
    }

    @Test
    void accounts_of_one_domain_are_not_those_of_another() {
        server.accounts()
                .create(Jid.of("carol@example.org"), "secret")
                .toCompletableFuture()
                .join();
        try (var client = RawClient.opened(server)) {
            client.send(RawClient.plain("carol", "secret")).expect(failure("not-authorized"));
        }
    }

    @Test
    void the_new_stream_may_come_in_one_segment_with_the_last_response() {
        try (var client = RawClient.opened(server)) {
            client.send(RawClient.plain(user, "secret") + RawClient.HEADER).expect("<success");
            client.expect("</stream:features>");
            assertThat(client.bind("phone")).endsWith("/phone");
        }
    }

    @Test
    void a_mechanism_that_is_switched_off_is_refused() {
        try (var scramOnly = XmppServer.builder()
                        .profile(Profile.TEST)
                        .sasl(SaslConfig.TEST.mechanisms("SCRAM-SHA-256"))
                        .start();
                var client = RawClient.to(scramOnly)) {
            assertThat(client.open()).contains("SCRAM-SHA-256").doesNotContain("PLAIN");
            assertThat(client.send(RawClient.plain(user, "secret")).expect("</failure>"))
                    .isEqualTo(failure("invalid-mechanism"));
        }
    }

    // ---- our own trouble

    @Test
    void a_storage_that_fails_is_no_verdict_on_the_password() {
        try (var broken = XmppServer.builder()
                        .profile(Profile.TEST)
                        .stores(withoutAccounts())
                        .start();
                var client = RawClient.opened(broken)) {
            assertThat(client.send(RawClient.plain(user, "secret")).expect("</failure>"))
                    .isEqualTo(failure("temporary-auth-failure"));
            assertThat(client.send(auth("SCRAM-SHA-1", base64("n,,n=" + user + ",r=nonce")))
                            .expect("</failure>"))
                    .isEqualTo(failure("temporary-auth-failure"));
        }
    }

    /** Stores in memory whose accounts answer nothing but that they have failed. */
    private static Stores withoutAccounts() {
        var memory = new MemoryStores();
        var failing = proxy(
                Accounts.class, (proxy, method, args) -> CompletableFuture.failedFuture(new IOException("on purpose")));
        return proxy(
                Stores.class,
                (proxy, method, args) -> method.getName().equals("accounts") ? failing : method.invoke(memory, args));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
