package io.escalus4j.server.auth;

import io.escalus4j.server.store.Credentials;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Turns passwords into what may be stored of them. Thread-safe: hashing costs milliseconds, so it is done by a bounded
 * executor and never on an event loop.
 */
public final class Passwords {
    private static final List<String> HASHES = List.of("SHA-1", "SHA-256", "SHA-512");
    private static final int SALT_BYTES = 16;

    private final Executor hashing;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    /** @param iterations of PBKDF2, at least 4096 (RFC 5802 section 5.1), in production at least 10000 (XEP-0438) */
    public Passwords(Executor hashing, int iterations) {
        this.hashing = hashing;
        this.iterations = iterations;
    }

    /**
     * A verifier for each SCRAM mechanism that is offered.
     *
     * <p>The stage fails with {@link IllegalArgumentException} where SASLprep (RFC 4013) refuses the password, and with
     * {@link java.util.concurrent.RejectedExecutionException} where too much is to be hashed already.
     */
    public CompletionStage<Credentials> derive(String password) {
        return CompletableFuture.supplyAsync(() -> credentials(password), hashing);
    }

    private Credentials credentials(String password) {
        String prepared = Scram.prepare(password);
        var verifiers = new ArrayList<Credentials.Scram>();
        for (String hash : HASHES) {
            verifiers.add(Scram.of(hash).verifier(prepared, salt(), iterations));
        }
        return new Credentials(verifiers);
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
