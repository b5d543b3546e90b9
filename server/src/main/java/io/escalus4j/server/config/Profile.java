package io.escalus4j.server.config;

/** What a server is for. */
public enum Profile {
    /** Passwords travel over TLS only. */
    PRODUCTION,
    /** Authentication and registration without TLS, cheap hashes, no throttles: for tests alone, and the log says so. */
    TEST
}
