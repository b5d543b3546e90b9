package io.escalus4j.server.auth;

import com.ongres.stringprep.Profile;
import com.ongres.stringprep.Stringprep;
import io.escalus4j.server.store.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of SCRAM (RFC 5802 section 3) over one hash. Immutable. */
public final class Scram {
    private static final Profile SASLPREP = Stringprep.getProvider("SASLprep");

    private final String hash;
    private final int bits;

    private Scram(String hash, int bits) {
        this.hash = hash;
        this.bits = bits;
    }

    /** @param hash {@code SHA-1}, {@code SHA-224}, {@code SHA-256}, {@code SHA-384} or {@code SHA-512} */
    public static Scram of(String hash) {
        return switch (hash) {
            case "SHA-1" -> new Scram(hash, 160);
            case "SHA-224" -> new Scram(hash, 224);
            case "SHA-256" -> new Scram(hash, 256);
            case "SHA-384" -> new Scram(hash, 384);
            case "SHA-512" -> new Scram(hash, 512);
            default ->
                throw new IllegalArgumentException(
                        "hash '%s' is unknown, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 are there".formatted(hash));
        };
    }

    /**
     * The password as it is hashed.
     *
     * @throws IllegalArgumentException if SASLprep (RFC 4013) refuses it
     */
    public static String prepare(String password) {
        return SASLPREP.prepareStored(password);
    }

    /** What the server keeps; costs {@code iterations} of PBKDF2. */
    public Credentials.Scram verifier(String prepared, byte[] salt, int iterations) {
        byte[] salted = salted(prepared, salt, iterations);
        byte[] storedKey = digest(hmac(salted, "Client Key"));
        return new Credentials.Scram(hash, salt, iterations, storedKey, hmac(salted, "Server Key"));
    }

    private byte[] salted(String prepared, byte[] salt, int iterations) {
        try {
            var factory = SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash.replace("-", ""));
            return factory.generateSecret(new PBEKeySpec(prepared.toCharArray(), salt, iterations, bits))
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether {@code proof} could only be made with the key that {@code storedKey} is the hash of. */
    boolean isProof(byte[] proof, byte[] storedKey, String signed) {
        byte[] signature = hmac(storedKey, signed);
        if (proof.length != signature.length) {
            return false;
        }
        byte[] clientKey = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(digest(clientKey), storedKey);
    }

    String hash() {
        return hash;
    }

    byte[] digest(byte[] input) {
        try {
            return MessageDigest.getInstance(hash).digest(input);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] hmac(byte[] key, byte[] message) {
        String algorithm = "Hmac" + hash.replace("-", "");
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
