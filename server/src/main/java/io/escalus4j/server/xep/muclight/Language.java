package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.List;

/** The words in which rooms are asked, and speak. What they decide is the same in each. Immutable. */
interface Language {
    /** By which clients know it in service discovery. */
    String namespace();

    /** What is asked of a room. */
    RoomRequest read(Iq iq);

    /** What was asked for with {@code query}. */
    Element answer(Outcome.Told told, Element query);

    /**
     * What an occupant gets.
     *
     * @param name what the archive calls the change, for those who may read it
     */
    List<Stanza> tell(Jid room, Notice notice, Notice.Cause cause, List<Element> name);
}
