package io.escalus4j.server.store;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What a server keeps of a password, sorted by hash: one SCRAM verifier per hash (RFC 5802 section 3, XEP-0438). */
public record Credentials(List<Scram> verifiers) {
    public Credentials {
        verifiers = verifiers.stream().sorted(Comparator.comparing(Scram::hash)).toList();
    }

    /** @param hash the name of the hash as in the mechanism, for example {@code SHA-256} */
    public record Scram(String hash, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Scram scram
                    && hash.equals(scram.hash)
                    && iterations == scram.iterations
                    && Arrays.equals(salt, scram.salt)
                    && MessageDigest.isEqual(storedKey, scram.storedKey)
                    && MessageDigest.isEqual(serverKey, scram.serverKey);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(salt);
        }

        /** Without the keys: what stands in a log must not help to log in. */
        @Override
        public String toString() {
            return "Scram[hash=%s, iterations=%d]".formatted(hash, iterations);
        }
    }
}
