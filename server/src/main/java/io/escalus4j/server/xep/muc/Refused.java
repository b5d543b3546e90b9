package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/**
 * What was asked of a room is refused as a whole. It is thrown before anything is changed, never leaves the room, and
 * becomes the answer there: so a rule reads as the sentence that it comes from.
 */
final class Refused extends RuntimeException {
    private final transient StanzaError error;

    Refused(StanzaError error) {
        super(error.condition().wire(), null, false, false);
        this.error = error;
    }

    static Refused because(Condition condition, String text, Object... args) {
        return new Refused(StanzaError.of(condition, text, args));
    }

    /** Refuses unless {@code holds}. */
    static void unless(boolean holds, Condition condition, String text, Object... args) {
        if (!holds) {
            throw because(condition, text, args);
        }
    }

    StanzaError error() {
        return error;
    }
}
