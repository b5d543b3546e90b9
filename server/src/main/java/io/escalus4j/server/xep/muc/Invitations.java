package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invitations by way of the room, and what comes of them (section 7.8.2). Confined to the room's lane. */
final class Invitations {
    private static final int MOST = 1000;

    /** Who has invited whom last: an answer goes to nobody else. */
    private final Map<Jid, Jid> inviters = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Jid> eldest) {
            return size() > MOST;
        }
    };

    Invitations copy() {
        var copy = new Invitations();
        copy.inviters.putAll(inviters);
        return copy;
    }

    static Optional<Element> in(Message message, String what) {
        return message.element().child("x", MucXml.USER).filter(x -> x.has(what, MucXml.USER));
    }

    /** Those whose JIDs can be read. */
    static List<Jid> invitees(Message message) {
        return in(message, "invite").map(x -> x.elements("invite", MucXml.USER)).orElse(List.of()).stream()
                .flatMap(invite -> Jid.parse(invite.attribute("to", "")).stream())
                .toList();
    }

    // ---- by an occupant

    void invite(Room room, Arrival arrival, Message message, Element x, Says says) {
        Occupant inviter = Speaking.occupant(room, message);
        Affiliation affiliation = room.affiliation(inviter);
        boolean may = !room.config().isMembersOnly()
                || affiliation.isAtLeast(Affiliation.ADMIN)
                || affiliation == Affiliation.MEMBER && room.config().is(Option.INVITES);
        Refused.unless(may, Condition.FORBIDDEN, "only admins invite into this room (XEP-0045 section 7.8.2)");
        var invites = x.elements("invite", MucXml.USER);
        var invitees = new ArrayList<Jid>();
        for (Element invite : invites) {
            invitees.add(invitee(room, invite, arrival));
        }
        if (room.config().isMembersOnly()) {
            room.affiliations().requireSpace(invitees.stream().map(Jid::bare).toList());
        }
        for (int i = 0; i < invites.size(); i++) {
            invite(room, invitees.get(i), inviter, invites.get(i), says);
        }
    }

    private static Jid invitee(Room room, Element invite, Arrival arrival) {
        String written = invite.attribute("to", "");
        Jid invitee = Jid.parse(written)
                .filter(jid -> !jid.local().isEmpty())
                .orElseThrow(() -> Refused.because(Condition.JID_MALFORMED, "'%s' is no user's JID", written));
        boolean isRoom = invitee.domain().equals(room.jid().domain());
        Refused.unless(
                !isRoom && !arrival.absent().contains(invitee),
                Condition.ITEM_NOT_FOUND,
                "there is no '%s'",
                invitee.bare());
        return invitee;
    }

    private void invite(Room room, Jid invitee, Occupant inviter, Element asked, Says says) {
        Jid address = address(room, inviter);
        inviters.remove(invitee.bare());
        inviters.put(invitee.bare(), inviter.user());
        if (room.config().isMembersOnly() && room.affiliations().of(invitee.bare()) == Affiliation.NONE) {
            room.affiliations().put(invitee.bare(), Affiliated.as(Affiliation.MEMBER));
            says.change();
        }
        Element told = Element.of("invite", MucXml.USER)
                .with("from", address.toString())
                .with(kept(asked));
        says.one(message(room, told), invitee);
    }

    /** Who the inviter is, as far as those in the room may know it. */
    private static Jid address(Room room, Occupant inviter) {
        return room.config().isNonAnonymous() ? inviter.user() : inviter.jid();
    }

    private static List<Element> kept(Element asked) {
        return asked.elements().stream()
                .filter(child -> child.is("reason", MucXml.USER) || child.is("continue", MucXml.USER))
                .toList();
    }

    private static Message message(Room room, Element invite) {
        Element x = MucXml.user().with(invite);
        Element full = room.config()
                .password()
                .map(secret -> x.with(Element.text("password", MucXml.USER, secret)))
                .orElse(x);
        return MucXml.message(room.jid(), Message.Type.NORMAL, full);
    }

    // ---- by the room

    /** Who has become a member of a room for members is told of it in this way (section 9.5). */
    static Message toNewMember(Room room, Jid by) {
        return message(room, Element.of("invite", MucXml.USER).with("from", by.toString()));
    }

    // ---- answers

    void decline(Room room, Message message, Element x, Says says) {
        Jid invitee = message.from().bare();
        Jid inviter = Optional.ofNullable(inviters.remove(invitee))
                .orElseThrow(() -> Refused.because(Condition.ITEM_NOT_FOUND, "nobody has invited you into this room"));
        Element asked = x.child("decline").orElseThrow();
        Element told = Element.of("decline", MucXml.USER)
                .with("from", invitee.toString())
                .with(kept(asked));
        var seats = room.occupants().of(inviter).stream()
                .flatMap(seat -> seat.sessions().stream())
                .toList();
        says.each(
                MucXml.message(room.jid(), Message.Type.NORMAL, MucXml.user().with(told)),
                seats.isEmpty() ? List.of(inviter) : seats);
    }
}
