package io.escalus4j.server.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * How clients prove who they are.
 *
 * @param mechanisms that are offered where the stream allows it: those with {@code -PLUS} over TLS, EXTERNAL to a client
 *     with a certificate
 * @param iterations of PBKDF2 for new passwords
 * @param tries that one stream has
 * @param hashThreads that hash passwords
 * @param hashQueue how many passwords may wait to be hashed; beyond that it is {@code temporary-auth-failure}
 */
public record SaslConfig(List<String> mechanisms, int iterations, int tries, int hashThreads, int hashQueue) {
    private static final String ANONYMOUS = "ANONYMOUS";

    /** Every mechanism that is built, the strongest first. */
    public static final List<String> MECHANISMS = List.of(
            "EXTERNAL",
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-384-PLUS",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-224-PLUS",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-512",
            "SCRAM-SHA-384",
            "SCRAM-SHA-256",
            "SCRAM-SHA-224",
            "SCRAM-SHA-1",
            "PLAIN",
            ANONYMOUS);

    /** Hashes that hardly any client knows: each costs a verifier per password, so they are there for who asks for them. */
    private static final List<String> RARE = List.of("SHA-224", "SHA-384");

    private static final List<String> COMMON = MECHANISMS.stream()
            .filter(name -> RARE.stream().noneMatch(name::contains))
            .toList();

    /** All but the one that lets in anybody (XEP-0175 section 3). */
    private static final List<String> OF_ACCOUNTS =
            COMMON.stream().filter(name -> !name.equals(ANONYMOUS)).toList();

    /** For real accounts: a stolen verifier is dear to guess from. */
    public static final SaslConfig STANDALONE = new SaslConfig(OF_ACCOUNTS, 100_000, 3, 2, 256);

    /** In somebody's test: what XEP-0438 asks for at least. */
    public static final SaslConfig EMBEDDED = new SaslConfig(OF_ACCOUNTS, 10_000, 3, 2, 4096);

    /** As cheap as RFC 5802 section 5.1 allows, and open to anybody. */
    public static final SaslConfig TEST = new SaslConfig(COMMON, 4096, 3, 2, 4096);

    public SaslConfig {
        mechanisms = List.copyOf(mechanisms);
        for (String mechanism : mechanisms) {
            Require.that(
                    MECHANISMS.contains(mechanism), "mechanisms must be of %s, there was '%s'", MECHANISMS, mechanism);
        }
        Require.that(!mechanisms.isEmpty(), "mechanisms must not be empty, %s are there", MECHANISMS);
        Require.that(iterations >= 4096, "iterations must be at least 4096 (RFC 5802 section 5.1), was %d", iterations);
        Require.that(tries >= 2 && tries <= 5, "tries must be 2 to 5 (RFC 6120 section 6.4.4), was %d", tries);
        Require.atLeast("hash_threads", 1, hashThreads);
        Require.atLeast("hash_queue", 1, hashQueue);
    }

    /** The hashes that passwords have a verifier of: the common ones, since they may be offered again, and what is offered. */
    public List<String> hashes() {
        return Stream.of("SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")
                .filter(hash -> !RARE.contains(hash) || mechanisms.stream().anyMatch(name -> name.contains(hash)))
                .toList();
    }

    public SaslConfig mechanisms(String... offered) {
        return new SaslConfig(List.of(offered), iterations, tries, hashThreads, hashQueue);
    }
}
