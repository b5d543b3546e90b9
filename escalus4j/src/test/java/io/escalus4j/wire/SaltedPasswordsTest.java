package io.escalus4j.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SaltedPasswordsTest {
    private static final ScramKeys KEYS = new ScramKeys(ScramHash.SHA_256);
    private final SaltedPasswords passwords = new SaltedPasswords(KEYS, 2);

    private byte[] salted(String password, String salt, int iterations) {
        return passwords.salted(password, salt.getBytes(StandardCharsets.UTF_8), iterations);
    }

    @Test
    void what_was_asked_before_is_known() {
        assertThat(salted("secret", "salt", 10)).isSameAs(salted("secret", "salt", 10));
        assertThat(passwords.size()).isOne();
    }

    @Test
    void each_part_of_the_question_counts() {
        byte[] right = salted("secret", "salt", 10);

        assertThat(salted("Secret", "salt", 10)).isNotEqualTo(right);
        assertThat(salted("secret", "Salt", 10)).isNotEqualTo(right);
        assertThat(salted("secret", "salt", 11)).isNotEqualTo(right);
        assertThat(salted("secret", "salt", 10))
                .isEqualTo(KEYS.salted("secret", "salt".getBytes(StandardCharsets.UTF_8), 10));
    }

    @Test
    void it_keeps_the_newest_only() {
        for (int i = 1; i <= 5; i++) {
            salted("secret", "salt", i);
        }
        assertThat(passwords.size()).isEqualTo(2);
    }

    @Test
    void a_salt_that_is_changed_afterwards_changes_nothing() {
        byte[] salt = {1, 2, 3};
        byte[] right = passwords.salted("secret", salt, 1);
        salt[0] = 9;

        assertThat(passwords.salted("secret", new byte[] {1, 2, 3}, 1)).isSameAs(right);
    }
}
