package io.escalus4j.server.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What proves that a component knows its secret (XEP-0114 section 3): SHA-1 of the stream's id and the secret, in lower case. */
record Handshake(String proof) {

    static Handshake of(String streamId, String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((streamId + secret).getBytes(StandardCharsets.UTF_8));
            return new Handshake(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }

    /** In a time that does not tell how much of it is right. */
    boolean matches(String said) {
        return MessageDigest.isEqual(proof.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Handshake";
    }
}
