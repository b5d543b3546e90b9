package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;

/** What is said to somebody who takes a room for one that is there, or oneself for one who is in it. Stateless. */
final class Strangers {
    private Strangers() {}

    /** For a room that does not exist. */
    static Says take(Stanza stanza) {
        var says = new Says();
        if (stanza instanceof Presence presence) {
            presence(presence, says);
        } else if (!(stanza instanceof Iq iq) || iq.isRequest()) {
            says.refuse(
                    stanza,
                    Refused.because(
                            Condition.ITEM_NOT_FOUND,
                            "there is no room '%s'",
                            stanza.to().orElseThrow().bare()));
        }
        return says;
    }

    private static void presence(Presence presence, Says says) {
        Jid to = presence.to().orElseThrow();
        if (presence.type() != Presence.Type.AVAILABLE) {
            return;
        }
        if (to.isBare()) {
            says.refuse(
                    presence,
                    Refused.because(Condition.JID_MALFORMED, "to enter a room takes a nickname: %s/nick", to));
        } else {
            says.one(kick(presence), presence.from());
        }
    }

    /** Presence of somebody who takes oneself for an occupant, and is none (section 7.2.18). */
    static Presence kick(Presence presence) {
        Jid occupant = presence.to().orElseThrow();
        Element item =
                Element.of("item", MucXml.USER).with("affiliation", "none").with("role", "none");
        Element x = MucXml.user().with(item, MucXml.status(110), MucXml.status(307), MucXml.status(333));
        Element element = Element.of("presence", Ns.CLIENT)
                .with("type", Presence.Type.UNAVAILABLE.wire())
                .with("id", presence.id())
                .with("from", occupant.toString())
                .with(x);
        return new Presence(element, occupant, Optional.empty(), Presence.Type.UNAVAILABLE);
    }
}
