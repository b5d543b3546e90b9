package io.escalus4j.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
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

    byte[] salted(String password, byte[] salt, int iterations) {
        try {
            int bits = MessageDigest.getInstance(hash.digest()).getDigestLength() * 8;
            var key = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
            return SecretKeyFactory.getInstance(hash.pbkdf2())
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    byte[] clientProof(byte[] salted, String authMessage) {
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] signature = hmac(digest(clientKey), authMessage);
        var proof = new byte[clientKey.length];
        for (int i = 0; i < proof.length; i++) {
            proof[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        return proof;
    }

    byte[] serverSignature(byte[] salted, String authMessage) {
        return hmac(hmac(salted, "Server Key"), authMessage);
    }

    /** Takes as long for a near miss as for a wild guess. */
    static boolean same(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(hash.hmac());
            mac.init(new SecretKeySpec(key, hash.hmac()));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private byte[] digest(byte[] bytes) {
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
