package io.escalus4j.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sums of SCRAM (RFC 5802 section 3), for one hash. Immutable.
 *
 * <pre>
 * SaltedPassword  = Hi(password, salt, i)                ClientKey = HMAC(SaltedPassword, "Client Key")
 * ClientSignature = HMAC(H(ClientKey), AuthMessage)      ServerKey = HMAC(SaltedPassword, "Server Key")
 * ClientProof     = ClientKey XOR ClientSignature        ServerSignature = HMAC(ServerKey, AuthMessage)
 * </pre>
 */
record ScramKeys(ScramHash hash) {
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    /**
     * Hi, which is PBKDF2 of one block (section 2.2): U1 = HMAC(password, salt + 1), each further one the HMAC of that before
     * it, all of them combined. Written out since the JDK has no PBKDF2 over SHA-3.
     */
    byte[] salted(String password, byte[] salt, int iterations) {
        Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
        mac.update(salt);
        byte[] u = mac.doFinal(FIRST_BLOCK);
        byte[] sum = u.clone();
        for (int i = 1; i < iterations; i++) {
            u = mac.doFinal(u);
            combine(sum, u);
        }
        return sum;
    }

    byte[] clientProof(byte[] salted, String authMessage) {
        byte[] proof = hmac(salted, "Client Key");
        combine(proof, hmac(digest(proof), authMessage));
        return proof;
    }

    private static void combine(byte[] sum, byte[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= other[i];
        }
    }

    byte[] serverSignature(byte[] salted, String authMessage) {
        return hmac(hmac(salted, "Server Key"), authMessage);
    }

    /** Takes as long for a near miss as for a wild guess. */
    static boolean same(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private byte[] hmac(byte[] key, String message) {
        return mac(key).doFinal(message.getBytes(StandardCharsets.UTF_8));
    }

    /** The JDK wants a key that is not empty; HMAC fills a short one up with zeros anyway (RFC 2104 section 2). */
    private Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(hash.hmac());
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hash.hmac()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance(hash.digest()).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this JVM lacks %s".formatted(hash.mechanism()), e);
    }
}
