package io.escalus4j.server.auth;

import io.escalus4j.server.config.SaslConfig;
import java.util.concurrent.Executor;

/** Passwords as a server of the test profile has them; what was hashed for one test is not hashed again for the next. */
public final class TestPasswords {
    private static final byte[] KEY = Passwords.freshImagination();
    private static final Salting SALTING = Salting.remembered(KEY, 1000);

    private TestPasswords() {}

    public static Passwords of(Executor hashing) {
        return of(hashing, SaslConfig.TEST.iterations());
    }

    static Passwords of(Executor hashing, int iterations) {
        return of(hashing, SALTING, iterations);
    }

    /** With a salt of its own for each account, and all the work each time. */
    static Passwords working(Executor hashing, int iterations) {
        return of(hashing, Salting.fresh(), iterations);
    }

    private static Passwords of(Executor hashing, Salting salting, int iterations) {
        return new Passwords(hashing, salting, SaslConfig.TEST.hashes(), iterations, KEY);
    }
}
