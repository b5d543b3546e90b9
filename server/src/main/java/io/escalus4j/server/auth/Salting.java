package io.escalus4j.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.store.Credentials;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Where the salt of a new password comes from, and what a salted password is. Thread-safe.
 *
 * <pre>{@code
 * byte[] salt = salting.salt(scram, prepared);
 * Credentials.Scram verifier = salting.verifier(scram, prepared, salt, 4096);
 * }</pre>
 */
public interface Salting {
    int BYTES = 16;

    byte[] salt(Scram scram, String prepared);

    Credentials.Scram verifier(Scram scram, String prepared, byte[] salt, int iterations);

    /** A salt of its own for each account (RFC 5802 section 9), and all the work each time. */
    static Salting fresh() {
        var random = new SecureRandom();
        return new Salting() {
            @Override
            public byte[] salt(Scram scram, String prepared) {
                byte[] bytes = new byte[BYTES];
                random.nextBytes(bytes);
                return bytes;
            }

            @Override
            public Credentials.Scram verifier(Scram scram, String prepared, byte[] salt, int iterations) {
                return scram.verifier(prepared, salt, iterations);
            }
        };
    }

    /**
     * For a server that is there to be tested: equal passwords have equal salts, and the last ones are not hashed again. With
     * one password for all users of a run, neither side hashes more than once: hashing was four fifths of what stories cost.
     *
     * @param key what makes the salts of one server others than those of the next
     * @param most how many answers are kept
     */
    static Salting remembered(byte[] key, int most) {
        return new Remembered(key, most);
    }

    /** Answers that were given before. */
    final class Remembered implements Salting {
        private final byte[] key;
        private final Cache<ByteBuffer, Credentials.Scram> answers;

        private Remembered(byte[] key, int most) {
            this.key = key.clone();
            this.answers = Caffeine.newBuilder().maximumSize(most).build();
        }

        @Override
        public byte[] salt(Scram scram, String prepared) {
            return Arrays.copyOf(scram.hmac(key, "salt " + prepared), BYTES);
        }

        @Override
        public Credentials.Scram verifier(Scram scram, String prepared, byte[] salt, int iterations) {
            return answers.get(
                    question(scram, prepared, salt, iterations), asked -> scram.verifier(prepared, salt, iterations));
        }

        /** A digest: the passwords themselves are not kept. */
        private ByteBuffer question(Scram scram, String prepared, byte[] salt, int iterations) {
            byte[] salted = scram.hmac(salt, scram.hash() + ' ' + iterations + ' ' + prepared);
            return ByteBuffer.wrap(scram.hmac(key, salted));
        }
    }
}
