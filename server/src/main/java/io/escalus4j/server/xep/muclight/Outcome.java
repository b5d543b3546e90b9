package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request comes to. */
sealed interface Outcome {
    record Refused(StanzaError error) implements Outcome {}

    /** @param answer empty if the client has it already */
    record Told(Optional<Element> answer) implements Outcome {}

    /** All is well, and all is as it was. */
    record Unchanged() implements Outcome {}

    /**
     * @param after what the room becomes; it is gone if nobody is left in it
     * @param notices what each is told, in this order
     * @param event what the archive keeps of it
     */
    record Changed(LightRoom after, Map<Jid, List<Element>> notices, Optional<Element> event) implements Outcome {}

    static Outcome refused(Condition condition, String text, Object... args) {
        return new Refused(StanzaError.of(condition, text, args));
    }

    static Outcome told(Element answer) {
        return new Told(Optional.of(answer));
    }
}
