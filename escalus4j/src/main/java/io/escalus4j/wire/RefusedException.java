package io.escalus4j.wire;

import io.escalus4j.exml.Element;

/** The server answered a step of the connection with an error; {@link #condition()} is its defined condition. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String condition;

    private RefusedException(String message, String condition) {
        super(message);
        this.condition = condition;
    }

    /** A {@code <failure/>} of SASL (RFC 6120 section 6.5). */
    static RefusedException authentication(String mechanism, Element failure) {
        return new RefusedException(
                "the server refused %s: %s".formatted(mechanism, Errors.describe(failure, Ns.SASL)),
                Errors.condition(failure, Ns.SASL).orElse(""));
    }

    /** A stanza of type {@code error} (RFC 6120 section 8.3). */
    static RefusedException stanza(String what, Element stanza) {
        return new RefusedException(
                "the server refused %s: %s".formatted(what, Errors.describe(stanza)),
                stanza.child("error", stanza.namespace())
                        .flatMap(error -> Errors.condition(error, Ns.STANZA_ERRORS))
                        .orElse(""));
    }

    /** An answer of dialback that is not {@code valid}: another type, or an error (XEP-0220 section 2.4). */
    static RefusedException dialback(String what, Element answer) {
        String condition = answer.child("error", Ns.CLIENT)
                .flatMap(error -> Errors.condition(error, Ns.STANZA_ERRORS))
                .orElse(answer.attribute("type", "no type"));
        return new RefusedException("the server refused dialback (%s): %s".formatted(what, condition), condition);
    }

    /** A {@code <failed/>} of stream management (XEP-0198 section 6). */
    static RefusedException management(String what, Element failed) {
        return new RefusedException(
                "the server refused %s: %s".formatted(what, Errors.describe(failed, Ns.STANZA_ERRORS)),
                Errors.condition(failed, Ns.STANZA_ERRORS).orElse(""));
    }

    /** For example {@code not-authorized}. */
    public String condition() {
        return condition;
    }
}
