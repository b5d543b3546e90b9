package io.escalus4j.server.xep.muc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What names things that clients keep: pictures as XEP-0153 wants it, lists of hats. */
final class Sha1 {
    private Sha1() {}

    static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-1", missing);
        }
    }
}
