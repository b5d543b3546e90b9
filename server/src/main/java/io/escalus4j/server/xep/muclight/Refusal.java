package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.xep.muclight.RoomRequest.Malformed;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.function.Supplier;

/** A request is refused as a whole: nothing of it is done. */
final class Refusal extends RuntimeException {
    private final transient StanzaError error;

    Refusal(Condition condition, String text, Object... args) {
        super(null, null, false, false);
        this.error = StanzaError.of(condition, text, args);
    }

    /** What {@code reading} comes to, a refusal among it. */
    static RoomRequest orElse(Supplier<RoomRequest> reading) {
        try {
            return reading.get();
        } catch (Refusal refusal) {
            return new Malformed(refusal.error);
        }
    }
}
