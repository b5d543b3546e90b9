package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.Login.ALICE;
import static io.escalus4j.server.auth.Login.step;
import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.store.Credentials;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainMechanismTest {
    private final Login login = new Login();

    private SaslStep plain(String message) {
        return step(login.start("PLAIN"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0alice\0wonderland",
                "alice@localhost\0alice\0wonderland",
                "\0ALICE\0wonderland",
                "ALICE@LOCALHOST\0alice\0wonderland"
            })
    void the_right_password_is_the_accounts(String message) {
        assertThat(plain(message)).isInstanceOfSatisfying(SaslStep.Success.class, success -> {
            assertThat(success.account()).isEqualTo(ALICE);
            assertThat(success.data()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0alice\0wonderlanD", "\0alice\0 wonderland", "\0bob\0wonderland", "\0nobody\0wonderland"})
    void a_wrong_password_and_a_wrong_name_are_not_told_apart(String message) {
        assertThat(plain(message)).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0alice", "\0nobody"})
    void an_unknown_user_costs_as_much_hashing_as_a_known_one(String user) {
        int before = login.hashed.get();

        plain(user + "\0wrong");

        assertThat(login.hashed.get() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob@localhost", "bob", "alice@example.org", "alice@localhost/phone", "alice", "alice@localhost "
            })
    void nobody_acts_for_another(String authzid) {
        assertThat(plain(authzid + "\0alice\0wonderland")).isEqualTo(new SaslStep.Failure(INVALID_AUTHZID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0",
                "alice\0wonderland",
                "\0alice\0",
                "\0\0wonderland",
                "\0alice\0wonderland\0",
                "bob@localhost\0\0alice\0wonderland",
                "\0alice\0wonderland\0bob",
                "\0\0alice\0wonderland"
            })
    void anything_but_three_parts_is_malformed(String message) {
        assertThat(plain(message)).isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@localhost", "alice/phone", "a b", "alice@evil", "alice@localhost/"})
    void a_name_that_no_account_can_have_is_not_authorized(String name) {
        assertThat(plain("\0" + name + "\0wonderland")).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void bytes_that_are_no_utf8_are_malformed() {
        assertThat(step(login.start("PLAIN"), new byte[] {0, 'a', 0, (byte) 0xFF}))
                .isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    @Test
    void a_password_that_nobody_may_have_is_nobodys() {
        assertThat(plain("\0alice\0won\u0007der")).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void too_many_passwords_at_once_fail_as_a_stage_and_not_on_the_callers_thread() {
        var full = TestPasswords.of(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                4096);

        var derived = full.derive("secret").toCompletableFuture();

        assertThatThrownBy(derived::join).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void what_a_log_may_show_of_credentials_holds_no_key() {
        var credentials =
                login.accounts.credentials(ALICE).toCompletableFuture().join().orElseThrow();

        assertThat(credentials.toString())
                .contains("hash=SHA-256, iterations=4096")
                .doesNotContain("Key", "salt");
    }

    // ---- credentials that have become weak (XEP-0438)

    private static Passwords asking(int iterations) {
        return TestPasswords.of(Runnable::run, iterations);
    }

    private List<Integer> iterations() {
        return login.accounts.credentials(ALICE).toCompletableFuture().join().orElseThrow().verifiers().stream()
                .map(Credentials.Scram::iterations)
                .toList();
    }

    private SaslStep plainAsking(int iterations, String message) {
        var mechanisms = new SaslMechanisms(SaslConfig.MECHANISMS, login.accounts, asking(iterations));
        return step(mechanisms.start("PLAIN", login.offer(TlsChannel.NONE)).orElseThrow(), message);
    }

    @Test
    void a_login_brings_weak_credentials_to_what_the_configuration_asks_for() {
        assertThat(iterations()).containsOnly(4096);

        assertThat(plainAsking(10_000, "\0alice\0wonderland")).isInstanceOf(SaslStep.Success.class);

        assertThat(iterations()).hasSize(3).containsOnly(10_000);
        assertThat(plainAsking(4096, "\0alice\0wonderland")).isInstanceOf(SaslStep.Success.class);
        assertThat(iterations()).containsOnly(10_000);
    }

    @Test
    void a_wrong_password_changes_no_credentials() {
        plainAsking(10_000, "\0alice\0wrong");

        assertThat(iterations()).containsOnly(4096);
    }
}
