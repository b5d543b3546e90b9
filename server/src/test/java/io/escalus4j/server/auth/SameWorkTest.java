package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.Login.ALICE;
import static io.escalus4j.server.auth.Login.step;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.SaslConfig;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody learns from the work of the server whether there is a user (RFC 6120 section 13.11): counted are the iterations of
 * PBKDF2 that are done on the test's own thread.
 */
class SameWorkTest {
    private static final ThreadLocal<Integer> ITERATIONS = ThreadLocal.withInitial(() -> 0);
    private static final Provider COUNTING = new Provider("Counting", "1", "counts iterations") {
        private static final long serialVersionUID = 1L;

        {
            put("SecretKeyFactory.PBKDF2WithHmacSHA256", Counting.class.getName());
        }
    };

    private final Login login = new Login();

    /** The JDK's own, which tells how many iterations it does. */
    public static final class Counting extends SecretKeyFactorySpi {
        private final SecretKeyFactory real;

        public Counting() throws GeneralSecurityException {
            real = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256", "SunJCE");
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            ITERATIONS.set(ITERATIONS.get() + ((PBEKeySpec) spec).getIterationCount());
            return real.generateSecret(spec);
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted) throws InvalidKeySpecException {
            return real.getKeySpec(key, wanted);
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            return real.translateKey(key);
        }
    }

    @BeforeAll
    static void count() {
        Security.insertProviderAt(COUNTING, 1);
    }

    @AfterAll
    static void countNoMore() {
        Security.removeProvider(COUNTING.getName());
    }

    private static int iterations(Supplier<SaslStep> attempt) {
        ITERATIONS.set(0);
        assertThat(attempt.get()).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
        return ITERATIONS.get();
    }

    private SaslStep plain(int configured, String name, String password) {
        var passwords = TestPasswords.working(Runnable::run, configured);
        var mechanisms = new SaslMechanisms(SaslConfig.MECHANISMS, login.accounts, passwords);
        var plain = mechanisms.start("PLAIN", login.offer(TlsChannel.NONE)).orElseThrow();
        return step(plain, "\0" + name + '\0' + password);
    }

    @Test
    void a_wrong_password_costs_as_much_as_a_wrong_user() {
        assertThat(iterations(() -> plain(4096, "alice", "wrong"))).isEqualTo(4096);
        assertThat(iterations(() -> plain(4096, "nobody", "wrong"))).isEqualTo(4096);
    }

    @Test
    void it_does_even_if_the_users_credentials_are_older_than_the_configuration() {
        var kept =
                login.accounts.credentials(ALICE).toCompletableFuture().join().orElseThrow();
        assertThat(kept.verifiers())
                .allSatisfy(one -> assertThat(one.iterations()).isEqualTo(4096));

        assertThat(iterations(() -> plain(10_000, "alice", "wrong"))).isEqualTo(10_000);
        assertThat(iterations(() -> plain(10_000, "nobody", "wrong"))).isEqualTo(10_000);
    }

    @Test
    void a_password_that_nobody_can_have_costs_nothing_for_anybody() {
        assertThat(iterations(() -> plain(4096, "alice", "won\u0007der"))).isZero();
        assertThat(iterations(() -> plain(4096, "nobody", "won\u0007der"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void scram_leaves_the_work_to_the_client(String name) {
        var scram = login.start("SCRAM-SHA-256");
        assertThat(iterations(() -> {
                    String challenge = Login.challenge(step(scram, "n,,n=" + name + ",r=nonce"));
                    assertThat(challenge).contains(",i=4096");
                    String nonce = challenge.substring(0, challenge.indexOf(','));
                    return step(scram, "c=biws," + nonce + ",p=" + "A".repeat(43) + '=');
                }))
                .isZero();
    }
}
