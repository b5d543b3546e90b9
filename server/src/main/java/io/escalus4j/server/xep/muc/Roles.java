package io.escalus4j.server.xep.muc;

import java.util.Optional;

/** Gives an occupant another role, and tells of it (sections 8.2 to 8.4, 9.6, 9.7). Stateless. */
final class Roles {
    private Roles() {}

    /**
     * @param first what is said before the answer: to who is removed
     * @param then what is said after it: to those who stay
     */
    static void change(
            Room room,
            Occupant occupant,
            Role role,
            Optional<String> reason,
            Optional<String> actor,
            Says first,
            Says then) {
        if (role == Role.NONE) {
            kick(room, occupant, Notice.GONE.code(307).because(reason).by(actor), first, then);
            return;
        }
        if (role != occupant.role()) {
            become(room, occupant, role, Notice.HERE.because(reason).by(actor), then);
            remember(room, occupant);
        }
    }

    static void kick(Room room, Occupant occupant, Notice notice, Says first, Says then) {
        Leaving.tellSelf(room, occupant, notice, first);
        Leaving.tellOthers(room, occupant, notice, then);
    }

    private static void remember(Room room, Occupant occupant) {
        if (room.config().isModerated()) {
            room.voices().remember(occupant.user(), occupant.role());
        }
    }

    /** Where all saw the former role and do not see this one, the occupant goes out of their sight. */
    static void become(Room room, Occupant occupant, Role role, Notice notice, Says says) {
        boolean wasSeen = room.config().broadcasts(occupant.role());
        occupant.role(role);
        if (wasSeen && !room.config().broadcasts(role)) {
            Presences.toOthersWhoever(room, occupant, Notice.GONE, says);
        } else {
            Presences.toOthers(room, occupant, notice, says);
        }
        Presences.toSelf(room, occupant, notice, says);
    }
}
