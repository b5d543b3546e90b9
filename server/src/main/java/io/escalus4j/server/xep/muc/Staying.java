package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/** Changes of nickname and of availability (sections 7.6 and 7.7). Stateless. */
final class Staying {
    private Staying() {}

    static void change(Room room, Occupant occupant, Presence presence, Says says) {
        String wanted = presence.to().orElseThrow().resource();
        String nick = Entering.visible(wanted);
        if (!nick.equals(occupant.nick())) {
            mayRename(room, occupant, nick);
            rename(room, occupant, nick, !nick.equals(wanted), presence, says);
            return;
        }
        occupant.present(presence.from(), presence);
        Presences.toAll(room, occupant, Notice.HERE, says);
    }

    private static void mayRename(Room room, Occupant occupant, String nick) {
        Jid user = occupant.user();
        var reserved =
                room.affiliations().nick(user).filter(own -> room.config().is(Option.LOCKED_NICKS));
        Refused.unless(
                reserved.isEmpty(), Condition.NOT_ACCEPTABLE, "you are '%s' here", reserved.orElse(occupant.nick()));
        Entering.requireFree(room, user, nick);
        Refused.unless(
                room.occupants()
                        .withNick(nick)
                        .filter(other -> other != occupant)
                        .isEmpty(),
                Condition.CONFLICT,
                "you are '%s' here already, with another resource",
                nick);
    }

    /** Gone under the old nickname, here under the new one; all resources of the occupant go along. */
    static void rename(Room room, Occupant occupant, String nick, boolean byRoom, Presence presence, Says says) {
        Presences.toAll(room, occupant, Notice.renamed(nick), says);
        room.occupants().rename(occupant, nick);
        occupant.present(presence.from(), presence);
        Presences.toOthers(room, occupant, Notice.HERE, says);
        Presences.toSelf(room, occupant, Notice.HERE.code(byRoom, 210), says);
    }
}
