package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.xep.MessageHints;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an occupant says to all (sections 7.4 and 8.1), or to one (section 7.5). Stateless. */
final class Speaking {
    private final ArchiveIds ids;

    Speaking(ArchiveIds ids) {
        this.ids = ids;
    }

    // ---- to all

    void toAll(Room room, Message message, Instant now, Says says) {
        Occupant speaker = occupant(room, message);
        var retracted = Moderation.retracted(message);
        Refused.unless(
                speaker.role().isAtLeast(Role.PARTICIPANT), Condition.FORBIDDEN, "visitors have no voice in this room");
        boolean isSubject = Subject.isChange(message);
        Refused.unless(
                !isSubject || speaker.role() == Role.MODERATOR || room.config().is(Option.SUBJECT),
                Condition.FORBIDDEN,
                "only moderators change the subject of this room");
        retracted.ifPresent(id -> Moderation.retract(room, speaker, message, id, now));
        Message said = reflected(room, speaker, message);
        say(room, said, message.from(), speaker.id(), now, says);
        if (isSubject) {
            room.subject(Subject.of(marked(said, speaker.id()), now));
            says.change();
        }
    }

    /** Who is not in the room is not heard (section 7.4). */
    static Occupant occupant(Room room, Message message) {
        return room.occupants()
                .at(message.from())
                .orElseThrow(() -> Refused.because(Condition.NOT_ACCEPTABLE, "you are not in this room"));
    }

    /** With the id of the client, or one of the room's (section 7.4), without what only the room may say. */
    private static Message reflected(Room room, Occupant speaker, Message message) {
        Element clean = cleaned(room, message.element())
                .with("from", speaker.jid().toString())
                .with("id", message.id().orElseGet(() -> UUID.randomUUID().toString()));
        return new Message(clean, speaker.jid(), Optional.empty(), message.type());
    }

    private static Element cleaned(Room room, Element sent) {
        boolean clean = sent.children().stream().noneMatch(node -> isForged(room.jid(), node));
        return clean ? sent : sent.filter(node -> !isForged(room.jid(), node));
    }

    private static boolean isForged(Jid room, Node node) {
        if (!(node instanceof Element child)) {
            return false;
        }
        return switch (child.namespace()) {
            case MucXml.USER, MucXml.OCCUPANT_ID -> true;
            case MucXml.STANZA_ID -> child.name().equals("stanza-id") && isRoom(room, child.attribute("by", ""));
            case MucXml.DELAY -> isRoom(room, child.attribute("from", ""));
            default -> false;
        };
    }

    /** In whatever way it is written. */
    private static boolean isRoom(Jid room, String written) {
        return Jid.parse(written).filter(room::equals).isPresent();
    }

    /** All get it, the room remembers it if it may, and modules hear of it before. */
    void say(Room room, Message said, Jid speaker, String occupantId, Instant now, Says says) {
        var id = ids.next();
        String shown = ids.show(id);
        var stamped = stamped(room, marked(said, occupantId), shown);
        if (isRemembered(stamped)) {
            boolean broughtAlong = stamped.element().has("delay", MucXml.DELAY)
                    && room.affiliations().isOwner(speaker.bare());
            room.history().add(new History.Entry(shown, stamped.element(), now, broughtAlong));
        }
        tell(room, stamped, id, speaker, occupantId, says);
    }

    /** Whoever gets it, and whenever, is told which occupant it is of (XEP-0421 section 4). */
    private static Message marked(Message said, String occupantId) {
        return said.with(said.element().without("to").with(OccupantIds.element(occupantId)));
    }

    /** A subject is not (section 7.2.13), nor what is only for those who are there (XEP-0334 section 4.2). */
    private static boolean isRemembered(Message said) {
        return !Subject.isChange(said) && !MessageHints.noStore(said) && !MessageHints.noPermanentStore(said);
    }

    /** What the room itself says to all, on behalf of {@code speaker}. */
    void announce(Room room, Message said, Jid speaker, String occupantId, Says says) {
        var id = ids.next();
        tell(room, stamped(room, said, ids.show(id)), id, speaker, occupantId, says);
    }

    private static Message stamped(Room room, Message said, String id) {
        return said.with(said.element()
                .with(Element.of("stanza-id", MucXml.STANZA_ID)
                        .with("by", room.jid().toString())
                        .with("id", id)));
    }

    private static void tell(Room room, Message stamped, ArchiveId id, Jid speaker, String occupantId, Says says) {
        says.said(
                new RoomMessage(
                        room.jid(),
                        id,
                        stamped,
                        speaker,
                        occupantId,
                        room.config().isNonAnonymous()),
                room.occupants().everySession());
    }

    // ---- to one

    static void toOne(Room room, Message message, Says says) {
        Refused.unless(
                message.type() != Message.Type.GROUPCHAT,
                Condition.BAD_REQUEST,
                "a message of type 'groupchat' to an occupant, send it to the room");
        Occupant speaker = occupant(room, message);
        String nick = message.to().orElseThrow().resource();
        Occupant listener = room.occupants()
                .withNick(nick)
                .orElseThrow(() -> Refused.because(Condition.ITEM_NOT_FOUND, "there is no '%s' in this room", nick));
        Refused.unless(
                message.isError() || room.config().letsSendPrivately(speaker.role()),
                Condition.FORBIDDEN,
                "a %s sends no private messages in this room",
                speaker.role().wire());
        boolean isDiscreet = message.isError() && !room.config().isNonAnonymous();
        Element sent = isDiscreet ? MucXml.discreet(message.element()) : message.element();
        Element clean = cleaned(room, sent)
                .with("from", speaker.jid().toString())
                .with(MucXml.user(), OccupantIds.element(speaker.id()));
        says.each(new Message(clean, speaker.jid(), Optional.empty(), message.type()), listener.sessions());
    }
}
