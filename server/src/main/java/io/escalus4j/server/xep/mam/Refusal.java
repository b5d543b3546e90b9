package io.escalus4j.server.xep.mam;

import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/** Why a request cannot be read: thrown where that is found out, and told where it was asked. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient StanzaError error;

    Refusal(Condition condition, String text, Object... args) {
        super(null, null, false, false);
        this.error = StanzaError.of(condition, text, args);
    }

    static Refusal badRequest(String text, Object... args) {
        return new Refusal(Condition.BAD_REQUEST, text, args);
    }

    static void unless(boolean holds, String text, Object... args) {
        if (!holds) {
            throw badRequest(text, args);
        }
    }

    StanzaError error() {
        return error;
    }
}
