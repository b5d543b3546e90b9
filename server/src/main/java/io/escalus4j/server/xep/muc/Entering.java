package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.util.Optional;

/** Lets somebody enter a room, or says why not (section 7.2). Stateless. */
final class Entering {
    /** How many administrators fit into a room that is full (section 7.2.9). */
    private static final int SEATS_FOR_ADMINS = 10;

    private final MucConfig config;
    private final OccupantIds ids;

    Entering(MucConfig config, OccupantIds ids) {
        this.config = config;
        this.ids = ids;
    }

    void enter(Room room, Presence presence, boolean created, Instant now, Says says) {
        Jid session = presence.from();
        Jid user = session.bare();
        String wanted = presence.to().orElseThrow().resource();
        var wish = wish(presence, now);
        mayEnter(room, user, presence);
        String nick = nick(room, user, wanted);
        var occupant = room.occupants().withNick(nick).orElseGet(() -> seat(room, user, nick));
        occupant.present(session, presence);
        room.occupants().enter(occupant, session);
        var codes = Notice.HERE
                .code(room.config().isNonAnonymous(), 100)
                .code(room.config().is(Option.LOGGING), 170)
                .code(created, 201)
                .code(!nick.equals(wanted), 210);
        welcome(room, occupant, session, codes, wish, says);
    }

    private static History.Wish wish(Presence presence, Instant now) {
        var x = MucXml.request(presence.element());
        return History.Wish.of(x.flatMap(asked -> asked.child("history")), now);
    }

    // ---- may somebody enter

    private void mayEnter(Room room, Jid user, Presence presence) {
        Affiliation affiliation = room.affiliations().of(user);
        Refused.unless(
                !room.isLocked() || affiliation == Affiliation.OWNER,
                Condition.ITEM_NOT_FOUND,
                "'%s' is no room yet",
                room.jid());
        Refused.unless(affiliation != Affiliation.OUTCAST, Condition.FORBIDDEN, "you are banned from this room");
        Refused.unless(
                affiliation.isAtLeast(Affiliation.MEMBER) || !room.config().isMembersOnly(),
                Condition.REGISTRATION_REQUIRED,
                "members only (XEP-0045 section 7.2.6)");
        room.config().password().ifPresent(secret -> mayEnter(secret, presence));
        boolean isSeated = !room.occupants().of(user).isEmpty();
        int seats = seats(room) + (affiliation.isAtLeast(Affiliation.ADMIN) ? SEATS_FOR_ADMINS : 0);
        Refused.unless(
                isSeated || room.occupants().count() < seats,
                Condition.SERVICE_UNAVAILABLE,
                "%d are in the room, that is all it takes",
                room.occupants().count());
    }

    private static void mayEnter(String secret, Presence presence) {
        var given = MucXml.request(presence.element()).flatMap(x -> x.childText("password"));
        Refused.unless(
                given.equals(Optional.of(secret)),
                Condition.NOT_AUTHORIZED,
                given.isEmpty() ? "a password is needed" : "that is not the password");
    }

    private int seats(Room room) {
        return Math.min(room.config().maxUsers().orElse(config.maxOccupants()), config.maxOccupants());
    }

    // ---- under which nickname

    private static String nick(Room room, Jid user, String wanted) {
        String nick = allowed(room, user, wanted);
        requireFree(room, user, nick);
        return nick;
    }

    /** As the room shows it, or the reserved one where there is no other for this user (section 7.10). */
    private static String allowed(Room room, Jid user, String wanted) {
        var reserved =
                room.affiliations().nick(user).filter(nick -> room.config().is(Option.LOCKED_NICKS));
        return reserved.orElseGet(() -> visible(wanted));
    }

    static String visible(String wanted) {
        return Nick.enforced(wanted)
                .orElseThrow(() -> Refused.because(
                        Condition.JID_MALFORMED, "'%s' is no nickname that can be seen (RFC 8266 section 2)", wanted));
    }

    /** Nobody else has it, and nobody else has reserved it (section 7.2.8). */
    static void requireFree(Room room, Jid user, String nick) {
        boolean taken = room.occupants()
                .withNick(nick)
                .filter(other -> !other.user().equals(user))
                .isPresent();
        boolean reserved = room.affiliations()
                .holder(nick)
                .filter(holder -> !holder.equals(user))
                .isPresent();
        Refused.unless(!taken && !reserved, Condition.CONFLICT, "'%s' is somebody else's nickname here", nick);
    }

    private Occupant seat(Room room, Jid user, String nick) {
        var occupant = new Occupant(room.jid(), nick, user, ids.of(room.jid(), user), room.roleOnEntering(user));
        room.occupants().add(occupant);
        return occupant;
    }

    // ---- what who enters is told (section 7.1)

    /** The same once more for somebody who has lost track of it. */
    void welcomeAgain(Room room, Occupant occupant, Presence presence, Instant now, Says says) {
        var wish = wish(presence, now);
        occupant.present(presence.from(), presence);
        welcome(
                room,
                occupant,
                presence.from(),
                Notice.HERE
                        .code(room.config().isNonAnonymous(), 100)
                        .code(room.config().is(Option.LOGGING), 170),
                wish,
                says);
    }

    private static void welcome(Room room, Occupant occupant, Jid session, Notice codes, History.Wish wish, Says says) {
        for (Occupant other : room.occupants().all()) {
            if (other != occupant && room.config().broadcasts(other.role())) {
                Presences.to(room, other, occupant, session, says);
            }
        }
        Presences.toOthers(room, occupant, Notice.HERE, says);
        var elsewhere =
                occupant.sessions().stream().filter(own -> !own.equals(session)).toList();
        Presences.toSelf(room, occupant, Notice.HERE, elsewhere, says);
        Presences.toSelf(room, occupant, codes, java.util.List.of(session), says);
        for (Element said :
                room.history().told(room.jid(), session, wish, room.config().historyLength())) {
            says.one(
                    new Message(said, Jid.of(said.attribute("from", "")), Optional.empty(), Message.Type.GROUPCHAT),
                    session);
        }
        says.one(room.subject().told(room.jid()), session);
    }
}
