package io.escalus4j.wire;

/** The hashes of the SCRAM family that every JVM has, the longest first. */
enum ScramHash {
    SHA_512("SHA-512", "SHA512"),
    SHA_384("SHA-384", "SHA384"),
    SHA_256("SHA-256", "SHA256"),
    SHA_224("SHA-224", "SHA224"),
    SHA_1("SHA-1", "SHA1");

    private final String digest;
    private final String mac;

    ScramHash(String digest, String mac) {
        this.digest = digest;
        this.mac = mac;
    }

    String mechanism() {
        return "SCRAM-" + digest;
    }

    String digest() {
        return digest;
    }

    String hmac() {
        return "Hmac" + mac;
    }

    String pbkdf2() {
        return "PBKDF2WithHmac" + mac;
    }
}
