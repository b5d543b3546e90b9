package io.escalus4j.wire;

/** The server broke the rules of a SASL mechanism, or could not prove that it knows the password. */
public final class SaslViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SaslViolation(String message) {
        super(message);
    }
}
