package io.escalus4j.server.xep.muc;

import java.time.Duration;

/**
 * What multi-user chat is like here.
 *
 * @param host the subdomain
 * @param create who may make rooms
 * @param rooms how many there may be
 * @param roomsPerUser how many of them somebody may own to make one more; administrators of this server as many as they like
 * @param maxOccupants of one room, whatever its owner wants
 * @param maxAffiliations of one room
 * @param queue how many stanzas may wait for one room; one more is refused
 * @param history how many messages a room remembers for those who enter
 * @param idle how long an empty room that is kept stays in memory
 * @param roomsPerPage how many rooms one answer of service discovery names
 * @param avatarBytes how much a room's vCard may have
 */
public record MucConfig(
        String host,
        Creators create,
        int rooms,
        int roomsPerUser,
        int maxOccupants,
        int maxAffiliations,
        int queue,
        int history,
        Duration idle,
        int roomsPerPage,
        int avatarBytes) {
    public static final MucConfig STANDARD = new MucConfig(
            "muc", Creators.ANYONE, 100_000, 1000, 10_000, 10_000, 1000, 100, Duration.ofMinutes(10), 100, 128 * 1024);

    /** Who may make rooms. */
    public enum Creators {
        ANYONE,
        /** The accounts of this server. */
        LOCAL,
        /** The administrators of this server. */
        ADMINS
    }

    public MucConfig {
        require(host.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?"), "host '%s' is no label of a domain", host);
        atLeastOne("rooms", rooms);
        atLeastOne("rooms_per_user", roomsPerUser);
        atLeastOne("max_occupants", maxOccupants);
        atLeastOne("max_affiliations", maxAffiliations);
        atLeastOne("queue", queue);
        atLeastOne("rooms_per_page", roomsPerPage);
        atLeastOne("avatar_bytes", avatarBytes);
        require(history >= 0, "history must be at least 0, was %d", history);
        require(!idle.isNegative() && !idle.isZero(), "idle must be above 0, was %s", idle);
    }

    private static void atLeastOne(String setting, int value) {
        require(value >= 1, "%s must be at least 1, was %d", setting, value);
    }

    private static void require(boolean holds, String rule, Object... args) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(args));
        }
    }
}
