package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was said is taken back, by who said it (XEP-0424) or by a moderator (XEP-0425). Stateless. */
final class Moderation implements Extension {
    static final String NS = "urn:xmpp:message-moderate:1";
    static final String RETRACT = "urn:xmpp:message-retract:1";

    private final Speaking speaking;

    Moderation(Speaking speaking) {
        this.speaking = speaking;
    }

    @Override
    public Xep xep() {
        return new Xep(425, "Moderated Message Retraction", "0.3.0");
    }

    @Override
    public List<String> roomFeatures() {
        return List.of(NS);
    }

    static boolean isWanted(Iq iq) {
        return iq.payload().is("moderate", NS);
    }

    static String id(Iq iq) {
        return iq.payload().attribute("id", "");
    }

    // ---- by a moderator

    void moderate(Room room, Arrival arrival, Iq iq, Says says) {
        Occupant moderator = room.occupants()
                .at(iq.from())
                .orElseThrow(() -> Refused.because(Condition.NOT_ACCEPTABLE, "you are not in this room"));
        Refused.unless(
                moderator.role() == Role.MODERATOR,
                Condition.FORBIDDEN,
                "only moderators moderate what others say (XEP-0425 section 3.2)");
        Refused.unless(
                iq.payload().has("retract", RETRACT), Condition.BAD_REQUEST, "to moderate is to retract, nothing else");
        String id = id(iq);
        Refused.unless(
                arrival.archived() || room.history().find(id).isPresent(),
                Condition.ITEM_NOT_FOUND,
                "nothing of the id '%s' was said here",
                id);
        var inside = inside(moderator, iq);
        Element retract = Element.of("retract", RETRACT).with("id", id).with(inside);
        Element told = MucXml.message(room.jid(), Message.Type.GROUPCHAT, retract)
                .element()
                .with("id", UUID.randomUUID().toString());
        room.history().replace(id, said -> tombstone(said, arrival.now(), Optional.empty(), inside));
        says.change();
        speaking.announce(
                room,
                new Message(told, room.jid(), Optional.empty(), Message.Type.GROUPCHAT),
                iq.from(),
                moderator.id(),
                says);
        says.result(iq);
    }

    /** Who has done it, and why. */
    private static List<Element> inside(Occupant moderator, Iq iq) {
        Element by = Element.of("moderated", NS)
                .with("by", moderator.jid().toString())
                .with(OccupantIds.element(moderator.id()));
        return iq.payload()
                .childText("reason")
                .map(why -> List.of(by, Element.text("reason", RETRACT, why)))
                .orElse(List.of(by));
    }

    // ---- by who said it

    /** The id of what a message takes back. */
    static Optional<String> retracted(Message message) {
        return message.element().child("retract", RETRACT).flatMap(retract -> retract.attribute("id"));
    }

    /** Nobody takes back what somebody else has said (XEP-0424 section 5). */
    static void retract(Room room, Occupant speaker, Message message, String id, Instant now) {
        var said = room.history().find(id).map(History.Entry::message);
        Refused.unless(
                said.flatMap(element -> element.child("occupant-id", MucXml.OCCUPANT_ID))
                        .filter(author -> !author.attribute("id", "").equals(speaker.id()))
                        .isEmpty(),
                Condition.FORBIDDEN,
                "somebody else has said that (XEP-0424 section 5)");
        room.history().replace(id, element -> tombstone(element, now, message.id(), List.of()));
    }

    /** What is left: who said it, and that it is gone. */
    private static Element tombstone(Element said, Instant now, Optional<String> retraction, List<Element> inside) {
        Element retracted = Element.of("retracted", RETRACT)
                .with("stamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .with("id", retraction);
        return said.filter(node -> node instanceof Element child
                        && (child.namespace().equals(MucXml.OCCUPANT_ID)
                                || child.namespace().equals(MucXml.STANZA_ID)))
                .with(retracted.with(inside));
    }
}
