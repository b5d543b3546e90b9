package io.escalus4j.wire;

import io.escalus4j.exml.Element;

/**
 * A token to log in with next time instead of a password (XEP-0484). It is in no text of this type. Immutable.
 *
 * @param mechanism the only one that it may be used with, for example {@code HT-SHA-256-ENDP}
 * @param expiry as the server says it, for example {@code 2030-03-12T14:36:15Z}
 */
public record FastToken(String mechanism, String secret, String expiry) {
    static FastToken of(String mechanism, Element token) {
        return new FastToken(mechanism, token.attribute("token", ""), token.attribute("expiry", ""));
    }

    @Override
    public String toString() {
        return "%s until %s".formatted(mechanism, expiry);
    }
}
