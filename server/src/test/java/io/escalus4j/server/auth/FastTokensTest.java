package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.Login.ALICE;
import static io.escalus4j.server.auth.Login.step;
import static io.escalus4j.server.auth.SaslCondition.CREDENTIALS_EXPIRED;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.auth.FastTokens.Issued;
import io.escalus4j.server.auth.FastTokens.Use;
import io.escalus4j.server.config.FastConfig;
import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.store.memory.MemoryStores;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from their issue to their end (XEP-0484; attacks 42 and 46), by a client's own arithmetic. */
class FastTokensTest {
    private static final String PHONE = "d4565fa7-4d72-4749-b3d3-740edbf87770";
    private static final String NONE = "HT-SHA-256-NONE";
    private static final String ENDP = "HT-SHA-256-ENDP";
    private static final TlsChannel CHANNEL =
            new TlsChannel(Map.of("tls-server-end-point", "digest".getBytes(UTF_8)), Optional.empty());

    private final Login login = new Login();
    private final Tokens store = new MemoryStores().tokens();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final FastTokens tokens =
            new FastTokens(store, login.accounts, FastConfig.STANDARD, clock(), new SecureRandom());

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private Optional<Issued> granted(String mechanism, Optional<String> wanted, boolean last) {
        return tokens.granted(ALICE, PHONE, CHANNEL, mechanism, wanted, last)
                .toCompletableFuture()
                .join();
    }

    private String issued(String mechanism) {
        return granted("PLAIN", Optional.of(mechanism), false).orElseThrow().secret();
    }

    private static byte[] hmac(String token, String side, String binding) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            mac.update(side.getBytes(UTF_8));
            return mac.doFinal(binding.getBytes(UTF_8));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] message(String name, byte[] proof) {
        var message = new ByteArrayOutputStream();
        message.writeBytes((name + '\0').getBytes(UTF_8));
        message.writeBytes(proof);
        return message.toByteArray();
    }

    private SaslStep used(String mechanism, Use use, byte[] message) {
        return step(tokens.start(mechanism, login.offer(CHANNEL), use).orElseThrow(), message);
    }

    private SaslStep used(String token) {
        return used(NONE, new Use(PHONE, 0, false), message("alice", hmac(token, "Initiator", "")));
    }

    private static void assertIn(SaslStep step) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        SaslStep.Success.class,
                        success -> assertThat(success.account()).isEqualTo(ALICE));
    }

    private static final SaslStep OUT = new SaslStep.Failure(NOT_AUTHORIZED);

    @Test
    void a_token_lets_in_and_the_server_proves_that_it_knows_it_too() {
        String token = issued(NONE);

        var success = (SaslStep.Success) used(token);

        assertThat(success.data()).isEqualTo(hmac(token, "Responder", ""));
    }

    @Test
    void a_bound_token_needs_the_same_channel() {
        String token = issued(ENDP);
        var use = new Use(PHONE, 0, false);

        assertIn(used(ENDP, use, message("alice", hmac(token, "Initiator", "digest"))));
        assertThat(used(ENDP, use, message("alice", hmac(token, "Initiator", "other"))))
                .isEqualTo(OUT);
        assertThat(used(ENDP, use, message("alice", hmac(token, "Initiator", ""))))
                .isEqualTo(OUT);
    }

    @Test
    void a_token_works_with_its_own_mechanism_only() {
        String token = issued(ENDP);

        assertThat(used(token)).isEqualTo(OUT);
        assertThat(used(ENDP, new Use(PHONE, 0, false), message("alice", hmac(issued(NONE), "Initiator", "digest"))))
                .isEqualTo(OUT);
    }

    @Test
    void a_token_is_for_its_own_client_and_account() {
        byte[] proof = hmac(issued(NONE), "Initiator", "");

        assertThat(used(NONE, new Use("another", 0, false), message("alice", proof)))
                .isEqualTo(OUT);
        assertThat(used(NONE, new Use("", 0, false), message("alice", proof))).isEqualTo(OUT);
        assertThat(used(NONE, new Use(PHONE, 0, false), message("bob", proof))).isEqualTo(OUT);
        assertThat(used(NONE, new Use(PHONE, 0, false), message("nobody", proof)))
                .isEqualTo(OUT);
    }

    @Test
    void what_the_server_says_does_not_let_in() {
        String token = issued(NONE);

        assertThat(used(NONE, new Use(PHONE, 0, false), message("alice", hmac(token, "Responder", ""))))
                .isEqualTo(OUT);
        assertThat(used(NONE, new Use(PHONE, 0, false), message("alice", token.getBytes(UTF_8))))
                .isEqualTo(OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "\0proof", "alice\0"})
    void what_is_not_two_parts_is_malformed(String message) {
        assertThat(used(NONE, new Use(PHONE, 0, false), message.getBytes(UTF_8)))
                .isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @Test
    void a_replayed_count_is_refused() {
        byte[] message = message("alice", hmac(issued(NONE), "Initiator", ""));

        assertIn(used(NONE, new Use(PHONE, 1, false), message));
        assertThat(used(NONE, new Use(PHONE, 1, false), message)).isEqualTo(OUT);
        assertIn(used(NONE, new Use(PHONE, 2, false), message));
        assertThat(used(NONE, new Use(PHONE, -1, false), message)).isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @Test
    void a_token_that_is_over_says_so_to_who_knows_it_and_to_nobody_else() {
        String token = issued(NONE);
        now.updateAndGet(time -> time.plus(FastConfig.STANDARD.lifetime()));

        assertThat(used(token)).isEqualTo(new SaslStep.Failure(CREDENTIALS_EXPIRED));
        assertThat(used("guessed")).isEqualTo(OUT);
    }

    @Test
    void a_token_that_ends_soon_is_replaced_and_lets_in_until_the_new_one_is_used() {
        String first = issued(NONE);
        assertIn(used(first));
        assertThat(granted(NONE, Optional.empty(), false)).isEmpty();
        now.updateAndGet(time -> time.plus(FastConfig.STANDARD.rotation()).plus(Duration.ofHours(1)));

        assertIn(used(first));
        String second = granted(NONE, Optional.empty(), false).orElseThrow().secret();

        assertIn(used(first));
        assertIn(used(second));
        assertThat(used(first)).isEqualTo(OUT);
    }

    @Test
    void a_token_that_is_given_up_is_worth_nothing_and_is_not_replaced() {
        String token = issued(NONE);
        now.updateAndGet(time -> time.plus(FastConfig.STANDARD.rotation()).plus(Duration.ofHours(1)));

        assertIn(used(NONE, new Use(PHONE, 0, true), message("alice", hmac(token, "Initiator", ""))));

        assertThat(granted(NONE, Optional.empty(), true)).isEmpty();
        assertThat(used(token)).isEqualTo(OUT);
    }

    @Test
    void who_logs_in_otherwise_and_asks_for_nothing_gets_nothing() {
        assertThat(granted("SCRAM-SHA-256", Optional.empty(), false)).isEmpty();
        assertThat(granted("SCRAM-SHA-256", Optional.of("HT-SHA-256-EXPR"), false))
                .isEmpty(); // no exporter here
        assertThat(granted("SCRAM-SHA-256", Optional.of("PLAIN"), false)).isEmpty();
    }

    @Test
    void a_client_without_a_name_gets_no_token() {
        assertThat(tokens.granted(ALICE, "", CHANNEL, "PLAIN", Optional.of(NONE), false)
                        .toCompletableFuture()
                        .join())
                .isEmpty();
    }

    @Test
    void a_token_of_an_account_that_has_gone_lets_nobody_in() {
        String token = issued(NONE);
        login.stores.remove(ALICE);

        assertThat(used(token)).isEqualTo(OUT);
    }

    @Test
    void e08_tokens_are_kept_hashed_and_are_in_no_text() {
        var issued = granted("PLAIN", Optional.of(NONE), false).orElseThrow();
        var kept = store.of(ALICE, PHONE).toCompletableFuture().join().get(0);

        assertThat(issued.secret()).hasSizeGreaterThan(64);
        assertThat(new String(kept.hash(), UTF_8)).doesNotContain(issued.secret());
        assertThat(issued.toString()).doesNotContain(issued.secret());
        assertThat(kept.toString()).doesNotContain(kept.name());
    }
}
