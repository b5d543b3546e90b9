package io.escalus4j.server.xep.muclight;

import java.util.List;

/** The standard options with some that differ. */
final class Options {
    private final MucLightConfig standard = MucLightConfig.STANDARD;
    private boolean equalOccupants;
    private int roomsPerUser = standard.roomsPerUser();
    private int maxOccupants = standard.maxOccupants();
    private boolean blocking = true;
    private boolean allCanConfigure;
    private boolean allCanInvite;
    private boolean roomsInRosters;
    private boolean allowMultipleOwners;
    private boolean promoteOnLastOwnerLeave = true;
    private boolean legacy;
    private int maxBlocked = standard.maxBlocked();
    private List<String> schema = standard.configSchema();

    Options equalOccupants(boolean value) {
        equalOccupants = value;
        return this;
    }

    Options roomsPerUser(int value) {
        roomsPerUser = value;
        return this;
    }

    Options maxOccupants(int value) {
        maxOccupants = value;
        return this;
    }

    Options blocking(boolean value) {
        blocking = value;
        return this;
    }

    Options maxBlocked(int value) {
        maxBlocked = value;
        return this;
    }

    Options allCanConfigure(boolean value) {
        allCanConfigure = value;
        return this;
    }

    Options allCanInvite(boolean value) {
        allCanInvite = value;
        return this;
    }

    Options roomsInRosters(boolean value) {
        roomsInRosters = value;
        return this;
    }

    Options allowMultipleOwners(boolean value) {
        allowMultipleOwners = value;
        return this;
    }

    Options promoteOnLastOwnerLeave(boolean value) {
        promoteOnLastOwnerLeave = value;
        return this;
    }

    Options schema(String... fields) {
        schema = List.of(fields);
        return this;
    }

    Options legacy(boolean value) {
        legacy = value;
        return this;
    }

    MucLightConfig config() {
        return new MucLightConfig(
                "muclight",
                equalOccupants,
                roomsPerUser,
                maxOccupants,
                blocking,
                maxBlocked,
                allCanConfigure,
                allCanInvite,
                standard.roomsPerPage(),
                roomsInRosters,
                allowMultipleOwners,
                promoteOnLastOwnerLeave,
                schema,
                standard.cachedRooms(),
                legacy);
    }
}
