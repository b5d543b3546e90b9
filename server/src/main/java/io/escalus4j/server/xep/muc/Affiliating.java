package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForAffiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.util.List;
import java.util.Optional;

/** Gives a user another affiliation, and tells of it (sections 9.1 to 9.5, 10.3 to 10.8). Stateless. */
final class Affiliating {
    /**
     * @param by the bare JID of who does it
     * @param actor the nickname of who does it, if there is one
     * @param first what is said before the answer: to who is removed
     * @param then what is said after it: to those who stay, and to who is not there
     */
    void change(Room room, Jid user, ForAffiliation wish, Jid by, Optional<String> actor, Says first, Says then) {
        Affiliation before = room.affiliations().of(user);
        var nick = wish.nick()
                .or(() -> room.affiliations().nick(user))
                .filter(name -> !name.isEmpty())
                .map(Entering::visible);
        room.affiliations().put(user, new Affiliated(wish.affiliation(), nick, wish.reason()));
        first.change();
        boolean same = before == wish.affiliation();
        var affected = affected(room, user);
        if (!same && affected.isEmpty()) {
            tellAbsent(room, user, wish, before, by, then);
        }
        for (Occupant occupant : same ? List.<Occupant>of() : affected) {
            tell(room, occupant, before, Notice.HERE.because(wish.reason()).by(actor), first, then);
        }
    }

    /** All who are this user, or of this domain if it is one. */
    private static List<Occupant> affected(Room room, Jid user) {
        return room.occupants().all().stream()
                .filter(occupant -> user.covers(occupant.user()))
                .filter(occupant -> !user.isDomain() || room.affiliation(occupant) == Affiliation.OUTCAST)
                .toList();
    }

    /** Out with an outcast, and with who is no member of a room for members any more; others get the role that goes with it. */
    static void tell(Room room, Occupant occupant, Affiliation before, Notice why, Says first, Says then) {
        Affiliation after = room.affiliation(occupant);
        if (after == Affiliation.OUTCAST) {
            Roles.kick(room, occupant, gone(why).code(301), first, then);
        } else if (after == Affiliation.NONE && room.config().isMembersOnly()) {
            Roles.kick(room, occupant, gone(why).code(321), first, then);
        } else {
            Roles.become(room, occupant, roleNow(room, occupant, before), why, then);
        }
    }

    private static Notice gone(Notice why) {
        return Notice.GONE.because(why.reason()).by(why.actor());
    }

    /** What an affiliation brings is gained with it, and lost with it. */
    private static Role roleNow(Room room, Occupant occupant, Affiliation before) {
        Role initial = room.config().initialRole(room.affiliation(occupant));
        boolean gains = initial.isAtLeast(occupant.role());
        return gains || before.isAtLeast(Affiliation.ADMIN) ? initial : occupant.role();
    }

    /** Nobody asked for it. */
    static void promote(Room room, Jid user, Says says) {
        room.affiliations()
                .put(user, new Affiliated(Affiliation.OWNER, room.affiliations().nick(user), Optional.empty()));
        room.occupants().of(user).forEach(occupant -> tell(room, occupant, Affiliation.ADMIN, Notice.HERE, says, says));
    }

    // ---- who is not in the room

    /** The user is told (101), and those in the room who may see the JID (sections 10.3, 10.6 and 18.1). */
    private static void tellAbsent(Room room, Jid user, ForAffiliation wish, Affiliation before, Jid by, Says then) {
        Element item = Element.of("item", MucXml.USER)
                .with("affiliation", wish.affiliation().wire())
                .with("jid", user.toString())
                .with("role", "none");
        var seeing = room.occupants().all().stream()
                .filter(occupant -> room.showsJidsTo(occupant.role()))
                .flatMap(occupant -> occupant.sessions().stream())
                .toList();
        then.each(MucXml.message(room.jid(), Message.Type.NORMAL, MucXml.user().with(item)), seeing);
        boolean isInvited =
                room.config().isMembersOnly() && before == Affiliation.NONE && wish.affiliation() == Affiliation.MEMBER;
        if (isInvited) {
            then.one(Invitations.toNewMember(room, room.config().isNonAnonymous() ? by : room.jid()), user);
        } else if (!user.isDomain()) {
            Element x = MucXml.user().with(item, MucXml.status(101));
            then.one(MucXml.message(room.jid(), Message.Type.NORMAL, x), user);
        }
    }
}
