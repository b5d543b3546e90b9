package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.List;

/** Takes occupants out of a room: those who leave, and those who must (sections 7.14, 8.2, 9.1, 11). Stateless. */
final class Leaving {
    private Leaving() {}

    /** One resource goes; the occupant goes with the last. */
    static void leave(Room room, Occupant occupant, Presence last, Says says) {
        Jid session = last.from();
        boolean isLast = occupant.sessions().size() == 1;
        if (isLast) {
            occupant.present(session, last);
            remove(room, occupant, Notice.GONE, says);
            return;
        }
        boolean wasShown = occupant.shownSession().equals(session);
        Presences.toSelf(room, occupant, Notice.GONE, List.of(session), says);
        room.occupants().leave(occupant, session);
        if (wasShown) {
            Presences.toAll(room, occupant, Notice.HERE, says);
        }
    }

    /** The whole occupant goes. */
    static void remove(Room room, Occupant occupant, Notice notice, Says says) {
        tellSelf(room, occupant, notice, says);
        tellOthers(room, occupant, notice, says);
    }

    /** First the one who goes. */
    static void tellSelf(Room room, Occupant occupant, Notice notice, Says says) {
        if (room.config().isModerated()) {
            room.voices().remember(occupant.user(), occupant.role());
        }
        Presences.toSelf(room, occupant, notice, says);
    }

    /** Then those who stay. */
    static void tellOthers(Room room, Occupant occupant, Notice notice, Says says) {
        Presences.toOthers(room, occupant, notice, says);
        room.occupants().remove(occupant);
        if (room.occupants().isEmpty() && !room.config().isPersistent()) {
            room.destroy();
        }
    }

    /** The room is no more: each occupant is told once (section 10.9). */
    static void destroy(Room room, Element destruction, Says says) {
        for (Occupant occupant : room.occupants().all()) {
            says.each(Presences.destroyed(occupant, destruction), occupant.sessions());
        }
        room.occupants().all().forEach(room.occupants()::remove);
        room.destroy();
    }

    /** The service cannot reach this resource (section 18.1.2). */
    static void lost(Room room, Occupant occupant, Jid session, Says says) {
        if (occupant.sessions().size() == 1) {
            remove(room, occupant, Notice.GONE.code(333), says);
        } else {
            room.occupants().leave(occupant, session);
            Presences.toAll(room, occupant, Notice.HERE, says);
        }
    }
}
