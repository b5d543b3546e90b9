package io.escalus4j.server.xep.muclight;

import static io.escalus4j.server.store.LightRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.LightRoom.Affiliation.OWNER;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xep.muclight.Notice.Affiliated;
import io.escalus4j.server.xep.muclight.Notice.Configured;
import io.escalus4j.server.xep.muclight.Notice.Created;
import io.escalus4j.server.xep.muclight.Notice.Destroyed;
import io.escalus4j.server.xep.muclight.Notice.Joined;
import io.escalus4j.server.xep.muclight.Notice.Left;
import io.escalus4j.server.xep.muclight.Outcome.Changed;
import io.escalus4j.server.xep.muclight.Outcome.Refused;
import io.escalus4j.server.xep.muclight.Outcome.Told;
import io.escalus4j.server.xep.muclight.Outcome.Unchanged;
import io.escalus4j.server.xep.muclight.RoomRequest.Affiliate;
import io.escalus4j.server.xep.muclight.RoomRequest.Configure;
import io.escalus4j.server.xep.muclight.RoomRequest.Create;
import io.escalus4j.server.xep.muclight.RoomRequest.Destroy;
import io.escalus4j.server.xep.muclight.RoomRequest.Malformed;
import io.escalus4j.server.xep.muclight.RoomRequest.Read;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what to a room, and what comes of it: the whole of MUC Light, without a socket, a store or a clock. Pure. */
final class RoomRules {
    private final MucLightConfig config;
    private final RoomSchema schema;

    RoomRules(MucLightConfig config, RoomSchema schema) {
        this.config = config;
        this.schema = schema;
    }

    /**
     * @param unwilling of those who would join: they, or their limits, do not let themselves be added
     * @param version of the room if it changes
     */
    Outcome decide(LightRoom room, Jid user, RoomRequest request, Set<Jid> unwilling, String version) {
        if (request instanceof Malformed malformed) {
            return new Refused(malformed.error());
        }
        if (room.affiliation(user).isEmpty()) {
            return outsider(room.jid());
        }
        if (request instanceof Read read) {
            return read(room, read);
        }
        if (request instanceof Configure configure) {
            return configure(room, user, configure.fields(), version);
        }
        if (request instanceof Affiliate affiliate) {
            return affiliate(room, user, affiliate.changes(), unwilling, version);
        }
        return request instanceof Destroy ? destroy(room, user) : exists(room.jid());
    }

    /** Whoever does not belong to a room cannot tell it from one that does not exist. */
    static Outcome outsider(Jid room) {
        return Outcome.refused(Condition.ITEM_NOT_FOUND, "'%s' is no room that you are in", room);
    }

    static Outcome exists(Jid room) {
        return Outcome.refused(Condition.CONFLICT, "there is a room '%s' already", room);
    }

    // ---- reading

    private static Outcome read(LightRoom room, Read read) {
        return read.version().equals(room.version()) ? new Unchanged() : new Told(read.section(), room);
    }

    // ---- configuration

    private Outcome configure(LightRoom room, Jid user, Map<String, String> fields, String version) {
        if (!room.isOwner(user) && !mayConfigure(room) && !fields.keySet().equals(Set.of(RoomSchema.SUBJECT))) {
            return Outcome.refused(Condition.NOT_ALLOWED, "members may set nothing but the subject here");
        }
        var after = room.withConfiguration(fields, version);
        var notice = new Configured(room, after, fields);
        var notices = new LinkedHashMap<Jid, Notice>();
        after.occupants().keySet().forEach(occupant -> notices.put(occupant, notice));
        return changed(after, notices, RoomXml.configured(room, after, fields));
    }

    private boolean mayConfigure(LightRoom room) {
        return may(room, RoomSchema.ALL_CAN_CONFIGURE, config.allCanConfigure());
    }

    private boolean mayInvite(LightRoom room) {
        return may(room, RoomSchema.ALL_CAN_INVITE, config.allCanInvite());
    }

    private boolean may(LightRoom room, String key, boolean otherwise) {
        return schema.meaning(key, room.configuration())
                .map(Boolean::parseBoolean)
                .orElse(otherwise);
    }

    // ---- affiliations

    /** Who would be added by {@code request}, if it is a request to add anybody. */
    static Set<Jid> joining(LightRoom room, RoomRequest request) {
        var joining = new LinkedHashSet<Jid>();
        if (request instanceof Affiliate affiliate) {
            affiliate.changes().forEach((jid, affiliation) -> {
                if (affiliation.isPresent() && room.affiliation(jid).isEmpty()) {
                    joining.add(jid);
                }
            });
        }
        return joining;
    }

    private Outcome affiliate(
            LightRoom room, Jid user, Map<Jid, Optional<Affiliation>> requested, Set<Jid> unwilling, String version) {
        if (!room.isOwner(user) && !mayChange(room, user, requested)) {
            return Outcome.refused(
                    Condition.NOT_ALLOWED, "members may leave%s", mayInvite(room) ? " and add members" : "");
        }
        var noChange = requested.entrySet().stream()
                .filter(change -> room.affiliation(change.getKey()).equals(change.getValue()))
                .findFirst();
        if (noChange.isPresent()) {
            return badRequest("'%s' is that already", noChange.get().getKey());
        }
        var willing = new LinkedHashMap<>(requested);
        willing.keySet().removeAll(unwilling);
        return willing.isEmpty()
                ? new Unchanged()
                : succeed(room, new Succession(room, willing), config.promoteOnLastOwnerLeave(), version);
    }

    /** An account is gone, and with it an occupant; a last owner cannot be held then. */
    Outcome removed(LightRoom room, Jid user, String version) {
        return room.affiliation(user).isEmpty()
                ? new Unchanged()
                : succeed(room, new Succession(room, Map.of(user, Optional.empty())), true, version);
    }

    private boolean mayChange(LightRoom room, Jid user, Map<Jid, Optional<Affiliation>> requested) {
        boolean invites = mayInvite(room);
        return requested.entrySet().stream().allMatch(change -> {
            boolean leaves = change.getKey().equals(user) && change.getValue().isEmpty();
            boolean adds = change.getValue().equals(Optional.of(MEMBER)) && !room.isOwner(change.getKey());
            return leaves || invites && adds;
        });
    }

    private Outcome succeed(LightRoom room, Succession succession, boolean promotes, String version) {
        long newOwners = succession.newOwners();
        if (newOwners > 0 && !room.hasOwner()) {
            return badRequest("this room has no owners");
        }
        if (newOwners > 1 && !config.allowMultipleOwners()) {
            return badRequest("%d new owners, one is allowed", newOwners);
        }
        if (newOwners == 1 && !config.allowMultipleOwners()) {
            succession.demoteFormerOwners();
        }
        if (succession.needsOwner()) {
            if (!promotes) {
                return badRequest("the last owner cannot be removed, name another owner in the same request");
            }
            succession.promote();
        }
        return bounded(room, succession, version);
    }

    private Outcome bounded(LightRoom room, Succession succession, String version) {
        int occupants = succession.occupants().size();
        if (occupants > config.maxOccupants() && occupants > room.occupants().size()) {
            return badRequest("%d occupants, at most %d are allowed", occupants, config.maxOccupants());
        }
        return succession.changes().isEmpty()
                ? new Unchanged()
                : changed(room, room.withOccupants(succession.occupants(), version), succession.changes());
    }

    private static Outcome changed(LightRoom before, LightRoom after, Map<Jid, Optional<Affiliation>> changes) {
        var all = new Affiliated(before, after, changes);
        var notices = new LinkedHashMap<Jid, Notice>();
        after.occupants()
                .keySet()
                .forEach(user ->
                        notices.put(user, before.affiliation(user).isPresent() ? all : new Joined(after, user)));
        before.occupants().keySet().stream()
                .filter(user -> after.affiliation(user).isEmpty())
                .forEach(user -> notices.put(user, new Left(user)));
        return changed(after, notices, RoomXml.archived(after, changes));
    }

    // ---- the beginning and the end

    /** Whom {@code creator} makes a room with; a value that is refused makes no room. */
    Outcome create(Jid room, Jid creator, Create request, Set<Jid> unwilling, String version) {
        var named = request.occupants();
        if (named.containsKey(creator)) {
            return badRequest("'%s' makes the room and is in it without being named", creator);
        }
        if (config.equalOccupants() && named.containsValue(OWNER)) {
            return badRequest("rooms have no owners here");
        }
        if (!config.allowMultipleOwners() && owners(named) > 1) {
            return badRequest("%d owners, one is allowed", owners(named));
        }
        var occupants = new LinkedHashMap<>(named);
        occupants.keySet().removeAll(unwilling);
        occupants.put(creator, creatorBeside(occupants));
        if (occupants.size() > config.maxOccupants()) {
            return badRequest("%d occupants, at most %d are allowed", occupants.size(), config.maxOccupants());
        }
        return created(new LightRoom(room, request.configuration(), occupants, version));
    }

    private static long owners(Map<Jid, Affiliation> named) {
        return named.values().stream()
                .filter(affiliation -> affiliation == OWNER)
                .count();
    }

    private Affiliation creatorBeside(Map<Jid, Affiliation> others) {
        boolean makesRoom = others.containsValue(OWNER) && !config.allowMultipleOwners();
        return config.equalOccupants() || makesRoom ? MEMBER : OWNER;
    }

    private static Outcome created(LightRoom room) {
        var notices = new LinkedHashMap<Jid, Notice>();
        var changes = new LinkedHashMap<Jid, Optional<Affiliation>>();
        room.occupants().forEach((user, affiliation) -> {
            notices.put(user, new Created(room, user));
            changes.put(user, Optional.of(affiliation));
        });
        return changed(room, notices, RoomXml.archived(room, changes));
    }

    private static Outcome destroy(LightRoom room, Jid user) {
        if (!room.isOwner(user)) {
            return Outcome.refused(Condition.NOT_ALLOWED, "only an owner destroys a room");
        }
        var notices = new LinkedHashMap<Jid, Notice>();
        room.occupants().keySet().forEach(occupant -> notices.put(occupant, new Destroyed(occupant)));
        return new Changed(room.withOccupants(Map.of(), room.version()), notices, Optional.empty());
    }

    private static Outcome changed(LightRoom after, Map<Jid, Notice> notices, Element event) {
        return new Changed(after, notices, Optional.of(event));
    }

    private static Outcome badRequest(String text, Object... args) {
        return Outcome.refused(Condition.BAD_REQUEST, text, args);
    }
}
