package io.escalus4j.server.config;

import java.time.Duration;

/**
 * What one stream may cost us.
 *
 * @param preAuthBytes of one element before authentication
 * @param stanzaBytes of one element after it
 * @param depth how deep elements may nest, the stream included
 * @param attributes of one element
 * @param loginTime from the connection to the bound resource, however busy the stream is
 * @param closeTime how long a stream that we ended waits for the peer to end its side
 */
public record StreamConfig(
        int preAuthBytes, int stanzaBytes, int depth, int attributes, Duration loginTime, Duration closeTime) {
    public static final StreamConfig STANDARD =
            new StreamConfig(8 * 1024, 256 * 1024, 64, 64, Duration.ofSeconds(30), Duration.ofSeconds(2));

    public StreamConfig {
        Require.atLeast("pre_auth_bytes", 1024, preAuthBytes);
        Require.that(
                stanzaBytes >= 10_000,
                "stanza_bytes must be at least 10000 (RFC 6120 section 13.12), was %d",
                stanzaBytes);
        Require.atLeast("depth", 8, depth);
        Require.atLeast("attributes", 16, attributes);
        Require.that(
                loginTime.compareTo(Duration.ZERO) > 0, "login_time must be above 0, was %dms", loginTime.toMillis());
        Require.that(!closeTime.isNegative(), "close_time must not be negative, was %dms", closeTime.toMillis());
    }

    public StreamConfig loginTime(Duration time) {
        return new StreamConfig(preAuthBytes, stanzaBytes, depth, attributes, time, closeTime);
    }

    public StreamConfig stanzaBytes(int bytes) {
        return new StreamConfig(preAuthBytes, bytes, depth, attributes, loginTime, closeTime);
    }
}
