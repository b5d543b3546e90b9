package io.escalus4j.server.net.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The key sequence by which a client shows that each request is its own (XEP-0124 section 15). Confined to its session. */
final class BoshKeys {
    private Optional<String> last = Optional.empty();

    /** Whether the request is the client's; the next one must go on from it. */
    boolean accepts(BoshBody body) {
        var key = body.attribute("key");
        boolean accepted = last.map(
                        hash -> key.map(BoshKeys::sha1).filter(hash::equals).isPresent())
                .orElse(true);
        last = body.attribute("newkey")
                .or(() -> last.isPresent() ? key : Optional.empty())
                .map(BoshKeys::lower);
        return accepted;
    }

    private static String lower(String hex) {
        return hex.toLowerCase(Locale.ROOT);
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
