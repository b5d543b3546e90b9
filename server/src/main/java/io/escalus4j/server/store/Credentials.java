package io.escalus4j.server.store;

import java.util.List;

/** What a server keeps of a password: one SCRAM verifier per hash (RFC 5802 section 3, XEP-0438). */
public record Credentials(List<Scram> verifiers) {
    public Credentials {
        verifiers = List.copyOf(verifiers);
    }

    /** @param hash the name of the hash as in the mechanism, for example {@code SHA-256} */
    public record Scram(String hash, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        /** Without the keys: what stands in a log must not help to log in. */
        @Override
        public String toString() {
            return "Scram[hash=%s, iterations=%d]".formatted(hash, iterations);
        }
    }
}
