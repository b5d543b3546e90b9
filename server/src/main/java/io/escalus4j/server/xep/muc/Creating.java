package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes a room for whoever enters one that is not there (section 10.1). Thread-safe. */
final class Creating {
    private final ServerContext context;
    private final MucConfig config;
    private final Rooms rooms;
    private final Entering entering;

    Creating(ServerContext context, MucConfig config, Rooms rooms, Entering entering) {
        this.context = context;
        this.config = config;
        this.rooms = rooms;
        this.entering = entering;
    }

    /** Whether this is how a room is made. */
    static boolean isWanted(Stanza stanza) {
        return stanza instanceof Presence presence
                && presence.type() == Presence.Type.AVAILABLE
                && !presence.to().orElseThrow().isBare()
                && MucXml.request(presence.element()).isPresent();
    }

    /** Why this one may not make a room, if so. */
    CompletionStage<Optional<StanzaError>> allowed(Presence presence) {
        Jid user = presence.from().bare();
        if (!isCreator(user)) {
            return CompletableFuture.completedFuture(Optional.of(
                    StanzaError.of(Condition.NOT_ALLOWED, "you may not make rooms here (XEP-0045 section 10.1.1)")));
        }
        var store = context.stores().mucRooms();
        return store.count().thenCombine(store.owned(user), (kept, owned) -> {
            if (Math.max(kept, rooms.count()) > config.rooms()) {
                return Optional.of(StanzaError.of(
                        Condition.RESOURCE_CONSTRAINT, "there are %d rooms, that is all", config.rooms()));
            }
            return owned + rooms.owned(user) < config.roomsPerUser() || isAdmin(user)
                    ? Optional.empty()
                    : Optional.of(StanzaError.of(
                            Condition.NOT_ALLOWED,
                            "you own %d rooms, that is all (XEP-0045 section 14.6)",
                            config.roomsPerUser()));
        });
    }

    private boolean isCreator(Jid user) {
        return switch (config.create()) {
            case ANYONE -> true;
            case LOCAL -> context.router().serves(user.domain());
            case ADMINS -> isAdmin(user);
        };
    }

    private boolean isAdmin(Jid user) {
        return context.config().admins().contains(user);
    }

    /** The room with its owner in it, closed to all others; none if the owner cannot enter in this way. */
    Optional<Room> create(Jid jid, Presence presence, Says says) {
        var room = new Room(jid, RoomConfig.STANDARD, config);
        room.affiliations().put(presence.from().bare(), Affiliated.as(Affiliation.OWNER));
        room.lock();
        try {
            entering.enter(room, presence, true, context.time().now(), says);
            return Optional.of(room);
        } catch (Refused refused) {
            says.refuse(presence, refused);
            return Optional.empty();
        }
    }
}
