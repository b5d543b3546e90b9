package io.escalus4j.wire;

/** The hashes of the SCRAM family that every JVM has, the longest first. */
enum ScramHash {
    SHA_512("SHA-512", "HmacSHA512"),
    SHA3_512("SHA3-512", "HmacSHA3-512"),
    SHA_384("SHA-384", "HmacSHA384"),
    SHA3_384("SHA3-384", "HmacSHA3-384"),
    SHA_256("SHA-256", "HmacSHA256"),
    SHA3_256("SHA3-256", "HmacSHA3-256"),
    SHA_224("SHA-224", "HmacSHA224"),
    SHA3_224("SHA3-224", "HmacSHA3-224"),
    SHA_1("SHA-1", "HmacSHA1");

    private final String digest;
    private final String hmac;

    ScramHash(String digest, String hmac) {
        this.digest = digest;
        this.hmac = hmac;
    }

    String mechanism() {
        return "SCRAM-" + digest;
    }

    String digest() {
        return digest;
    }

    String hmac() {
        return hmac;
    }
}
