package io.escalus4j.wire;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The passwords that were salted last, since a server is likely to have the same salt when one comes back, and salting costs
 * milliseconds (RFC 5802 section 5.1 allows to keep them). Thread-safe; keeps as many as it is told to.
 */
final class SaltedPasswords {
    private final ScramKeys keys;
    private final Map<Question, byte[]> newest;

    /** A class, not a record: no text of it shall tell the password. */
    private static final class Question {
        private final String password;
        private final ByteBuffer salt;
        private final int iterations;

        Question(String password, byte[] salt, int iterations) {
            this.password = password;
            this.salt = ByteBuffer.wrap(salt.clone());
            this.iterations = iterations;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Question that
                    && password.equals(that.password)
                    && salt.equals(that.salt)
                    && iterations == that.iterations;
        }

        @Override
        public int hashCode() {
            return salt.hashCode();
        }
    }

    SaltedPasswords(ScramKeys keys, int most) {
        this.keys = keys;
        this.newest = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, byte[]> eldest) {
                return size() > most;
            }
        };
    }

    /** Two who ask at the same time may both do the work: neither waits for a third who asks for something else. */
    byte[] salted(String password, byte[] salt, int iterations) {
        var question = new Question(password, salt, iterations);
        byte[] known = known(question);
        return known.length > 0 ? known : remember(question, keys.salted(password, salt, iterations));
    }

    private synchronized byte[] known(Question question) {
        return newest.getOrDefault(question, new byte[0]);
    }

    private synchronized byte[] remember(Question question, byte[] answer) {
        newest.put(question, answer);
        return answer;
    }

    synchronized int size() {
        return newest.size();
    }
}
