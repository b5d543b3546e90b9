package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xep.muclight.RoomRequest.Section;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Map;
import java.util.Optional;

/** What a request comes to. */
sealed interface Outcome {
    record Refused(StanzaError error) implements Outcome {}

    /** What was asked for. */
    record Told(Section section, LightRoom room) implements Outcome {}

    /** All is well, and all is as it was; who has asked for something has it already. */
    record Unchanged() implements Outcome {}

    /**
     * @param after what the room becomes; it is gone if nobody is left in it
     * @param notices what each is told, in this order
     * @param event what the archive keeps of it
     */
    record Changed(LightRoom after, Map<Jid, Notice> notices, Optional<Element> event) implements Outcome {}

    static Outcome refused(Condition condition, String text, Object... args) {
        return new Refused(StanzaError.of(condition, text, args));
    }
}
