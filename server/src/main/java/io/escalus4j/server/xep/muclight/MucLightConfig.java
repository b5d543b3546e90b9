package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.xep.muclight.RoomSchema.Field;
import java.util.HashSet;
import java.util.List;

/**
 * What rooms of MUC Light are like here.
 *
 * @param host the subdomain
 * @param equalOccupants rooms have no owners: everybody is a member, and nobody can destroy one
 * @param roomsPerUser how many rooms somebody can be in
 * @param maxOccupants of one room
 * @param blocking whether users can say who must not add them, and to which rooms
 * @param maxBlocked how many users and rooms somebody can block
 * @param allCanConfigure whether members set more than the subject; a field of that internal key says it for its room
 * @param allCanInvite whether members add others; a field of that internal key says it for its room
 * @param roomsPerPage how many rooms one answer of service discovery names
 * @param roomsInRosters whether the rooms of a user stand in the user's roster
 * @param allowMultipleOwners whether a new owner leaves the former ones what they are
 * @param promoteOnLastOwnerLeave whether somebody follows a last owner who goes; otherwise the last owner must stay
 * @param configSchema the fields of a room's configuration, as {@code name:type=default} or {@code name:type=default:internal_key}
 * @param cachedRooms how many rooms are kept in memory beside the store
 * @param legacy whether clients are spoken to in the words of XEP-0045, and in no others
 */
public record MucLightConfig(
        String host,
        boolean equalOccupants,
        int roomsPerUser,
        int maxOccupants,
        boolean blocking,
        int maxBlocked,
        boolean allCanConfigure,
        boolean allCanInvite,
        int roomsPerPage,
        boolean roomsInRosters,
        boolean allowMultipleOwners,
        boolean promoteOnLastOwnerLeave,
        List<String> configSchema,
        int cachedRooms,
        boolean legacy) {
    public static final MucLightConfig STANDARD = new MucLightConfig(
            "muclight",
            false,
            10_000,
            10_000,
            true,
            1000,
            false,
            false,
            10,
            false,
            false,
            true,
            List.of("roomname:string=Untitled", "subject:string="),
            10_000,
            false);

    public MucLightConfig {
        require(host.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"), "host '%s' is no label of a domain", host);
        atLeastOne("rooms_per_user", roomsPerUser);
        atLeastOne("max_occupants", maxOccupants);
        atLeastOne("max_blocked", maxBlocked);
        atLeastOne("rooms_per_page", roomsPerPage);
        atLeastOne("cached_rooms", cachedRooms);
        configSchema = List.copyOf(configSchema);
        var names = new HashSet<String>();
        configSchema.stream()
                .map(Field::parse)
                .forEach(field -> require(names.add(field.name()), "config_schema names '%s' twice", field.name()));
    }

    private static void atLeastOne(String setting, int value) {
        require(value >= 1, "%s must be at least 1, was %d", setting, value);
    }

    private static void require(boolean holds, String rule, Object... args) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(args));
        }
    }

    RoomSchema schema() {
        return new RoomSchema(configSchema.stream().map(Field::parse).toList());
    }
}
