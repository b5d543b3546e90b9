package io.escalus4j.server.auth;

import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Turns passwords into what may be stored of them, and compares. Thread-safe: hashing costs milliseconds, so it is done
 * by a bounded executor and never on an event loop.
 *
 * <p>Who asks about an account that does not exist gets credentials that are made up, the same ones each time, and pays
 * the same time for the answer: nobody shall learn here which accounts exist (RFC 6120 section 13.11).
 */
public final class Passwords {
    private static final int NONCE_BYTES = 18;
    /** What a plain password is compared by. */
    private static final Scram PLAIN = Scram.of("SHA-256");

    private final Executor hashing;
    private final Salting salting;
    private final List<String> hashes;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final byte[] imagination;

    /**
     * @param salting where salts come from
     * @param hashes that there shall be a verifier for
     * @param iterations of PBKDF2, at least 4096 (RFC 5802 section 5.1), in production at least 10000 (XEP-0438)
     * @param imagination what credentials are made up from; the same after a restart, or a restart tells them apart
     */
    public Passwords(Executor hashing, Salting salting, List<String> hashes, int iterations, byte[] imagination) {
        this.hashing = hashing;
        this.salting = salting;
        this.hashes = List.copyOf(hashes);
        this.iterations = iterations;
        this.imagination = imagination.clone();
    }

    public static byte[] freshImagination() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /**
     * A verifier for each SCRAM mechanism that is offered.
     *
     * <p>The stage fails with {@link IllegalArgumentException} where SASLprep (RFC 4013) refuses the password, and with
     * {@link RejectedExecutionException} where too much is to be hashed already.
     */
    public CompletionStage<Credentials> derive(String password) {
        return hashing(() -> credentials(Scram.prepare(password)));
    }

    private Credentials credentials(String prepared) {
        return new Credentials(
                hashes.stream().map(hash -> verifier(Scram.of(hash), prepared)).toList());
    }

    private Credentials.Scram verifier(Scram scram, String prepared) {
        return salting.verifier(scram, prepared, salting.salt(scram, prepared), iterations);
    }

    /** Whether these are less than what the configuration asks for now: too few iterations, or a hash that is missing. */
    boolean isWeak(Credentials known) {
        var strong = known.verifiers().stream()
                .filter(scram -> scram.iterations() >= iterations)
                .map(Credentials.Scram::hash)
                .toList();
        return !strong.containsAll(hashes);
    }

    /** Whether this is the account's password; fails as {@link #derive} does where too much is to be hashed already. */
    CompletionStage<Boolean> verify(Jid account, Optional<Credentials> known, String password) {
        var verifier = verifier(account, known, PLAIN);
        return hashing(() -> isPassword(password, verifier));
    }

    /** Takes as much work for old credentials, which want less of it, as for those that are made up. */
    private boolean isPassword(String password, Credentials.Scram verifier) {
        try {
            String prepared = Scram.prepare(password);
            var claimed = salting.verifier(PLAIN, prepared, verifier.salt(), verifier.iterations());
            if (verifier.iterations() < iterations) {
                salting.verifier(PLAIN, prepared, verifier.salt(), iterations - verifier.iterations());
            }
            return MessageDigest.isEqual(claimed.storedKey(), verifier.storedKey());
        } catch (IllegalArgumentException noPassword) {
            return false;
        }
    }

    /** What the account has for this hash, or what looks like it. */
    Credentials.Scram verifier(Jid account, Optional<Credentials> known, Scram scram) {
        var imaginary = imaginary(account, scram);
        return known.stream()
                .flatMap(credentials -> credentials.verifiers().stream())
                .filter(verifier -> verifier.hash().equals(scram.hash()))
                .findFirst()
                .orElse(imaginary);
    }

    private Credentials.Scram imaginary(Jid account, Scram scram) {
        byte[] salt = Arrays.copyOf(scram.hmac(imagination, "salt " + account), Salting.BYTES);
        byte[] key = scram.hmac(imagination, "key " + account);
        return new Credentials.Scram(scram.hash(), salt, iterations, key, key);
    }

    /** Fresh, and printable without a comma (RFC 5802 section 5.1). */
    String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private <T> CompletionStage<T> hashing(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, hashing);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }
}
