package io.escalus4j.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.store.Credentials;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SaltingTest {
    private static final int ITERATIONS = 4096;
    private static final Scram SHA_256 = Scram.of("SHA-256");

    private static Credentials derived(Salting salting, String password) {
        var passwords = new Passwords(Runnable::run, salting, SaslConfig.TEST.hashes(), ITERATIONS, new byte[32]);
        return passwords.derive(password).toCompletableFuture().join();
    }

    private static Set<String> salts(Credentials credentials) {
        return credentials.verifiers().stream()
                .map(verifier -> HexFormat.of().formatHex(verifier.salt()))
                .collect(Collectors.toSet());
    }

    @Test
    void in_production_no_two_verifiers_share_a_salt() {
        var salts = salts(derived(Salting.fresh(), "secret"));
        assertThat(salts).hasSize(3).doesNotContainAnyElementsOf(salts(derived(Salting.fresh(), "secret")));
    }

    @Test
    void for_a_test_equal_passwords_have_equal_verifiers_of_each_hash() {
        var salting = Salting.remembered(new byte[] {1}, 10);
        assertThat(salts(derived(salting, "secret")))
                .hasSize(3)
                .isEqualTo(salts(derived(salting, "secret")))
                .doesNotContainAnyElementsOf(salts(derived(salting, "Secret")));
    }

    @Test
    void servers_do_not_share_them() {
        assertThat(salts(derived(Salting.remembered(new byte[] {1}, 10), "secret")))
                .doesNotContainAnyElementsOf(salts(derived(Salting.remembered(new byte[] {2}, 10), "secret")));
    }

    @Test
    void what_is_remembered_is_right() {
        var salting = Salting.remembered(new byte[] {1}, 10);
        byte[] salt = salting.salt(SHA_256, "secret");
        var first = salting.verifier(SHA_256, "secret", salt, ITERATIONS);

        assertThat(salting.verifier(SHA_256, "secret", salt, ITERATIONS)).isSameAs(first);
        assertThat(first.storedKey())
                .isEqualTo(SHA_256.verifier("secret", salt, ITERATIONS).storedKey());
        assertThat(salting.verifier(SHA_256, "secret", salt, ITERATIONS + 1).storedKey())
                .isNotEqualTo(first.storedKey());
        assertThat(salting.verifier(SHA_256, "Secret", salt, ITERATIONS).storedKey())
                .isNotEqualTo(first.storedKey());
        assertThat(salting.verifier(Scram.of("SHA-1"), "secret", salt, ITERATIONS)
                        .storedKey())
                .isNotEqualTo(first.storedKey());
    }
}
