package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Requests of one occupant to another, by way of the room, so that neither learns who the other is (section 17.4).
 * Confined to the room's lane.
 */
final class PrivateRequests {
    private static final int MOST = 1000;
    /** What an account answers for its devices: vCards and what is published in its name. */
    private static final Set<String> OF_ACCOUNTS = Set.of("vcard-temp", "http://jabber.org/protocol/pubsub");

    private record Pending(Jid asking, String id, Jid user, Jid occupant) {}

    /** By the id that the request goes on with; the oldest is forgotten if there are too many. */
    private final Map<String, Pending> pending = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
            return size() > MOST;
        }
    };

    void ask(Room room, Iq iq, Says says) {
        Occupant asking = asking(room, iq);
        String nick = iq.to().orElseThrow().resource();
        Occupant asked = room.occupants()
                .withNick(nick)
                .orElseThrow(() -> Refused.because(Condition.ITEM_NOT_FOUND, "there is no '%s' in this room", nick));
        if (SelfPing.is(iq, asking, asked)) {
            says.result(iq);
            return;
        }
        String token = UUID.randomUUID().toString();
        pending.put(token, new Pending(iq.from(), iq.id().orElseThrow(), asked.user(), asked.jid()));
        Jid to = OF_ACCOUNTS.contains(iq.payload().namespace()) ? asked.user() : asked.shownSession();
        says.one(with(iq, token, asking.jid()), to);
    }

    private static Occupant asking(Room room, Iq iq) {
        boolean asksWhoIsThere = iq.payload().namespace().startsWith("http://jabber.org/protocol/disco#");
        return room.occupants()
                .at(iq.from())
                .orElseThrow(() -> asksWhoIsThere
                        ? Refused.because(
                                Condition.BAD_REQUEST, "occupants are asked by occupants (XEP-0045 section 6.6)")
                        : Refused.because(Condition.NOT_ACCEPTABLE, "you are not in this room"));
    }

    private static Iq with(Iq iq, String id, Jid from) {
        Element element = iq.element().with("id", id).with("from", from.toString());
        return new Iq(element, from, Optional.empty(), iq.type());
    }

    /** Only who was asked can answer, and only once. */
    void answer(Room room, Iq answer, Says says) {
        var asked = answer.id()
                .map(pending::get)
                .filter(waiting -> waiting.user().equals(answer.from().bare()));
        asked.ifPresent(waiting -> {
            pending.remove(answer.id().orElseThrow());
            boolean isDiscreet = answer.isError() && !room.config().isNonAnonymous();
            Iq told = isDiscreet ? answer.with(MucXml.discreet(answer.element())) : answer;
            says.one(with(told, waiting.id(), waiting.occupant()), waiting.asking());
        });
    }
}
