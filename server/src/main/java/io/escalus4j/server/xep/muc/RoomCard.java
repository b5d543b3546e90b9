package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import java.util.Set;

/** What can be told of a room in memory without asking it. Immutable. */
record RoomCard(Jid jid, RoomConfig config, boolean locked, int users, Set<Jid> owners) {
    static RoomCard of(Room room) {
        return new RoomCard(
                room.jid(),
                room.config(),
                room.isLocked(),
                room.occupants().count(),
                room.affiliations().owners());
    }

    RoomCard with(RoomConfig other) {
        return new RoomCard(jid, other, locked, users, owners);
    }

    /** Whether lists have it. */
    boolean isListed() {
        return config.is(Option.PUBLIC) && !locked;
    }

    /** What people call it. */
    String name() {
        String name = config.text(Option.NAME);
        return name.isEmpty() ? jid.local() : name;
    }
}
