package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.ADMIN;
import static io.escalus4j.server.store.MucRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.MucRoom.Affiliation.OUTCAST;

import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;

/** Who may make whom what: the tables of sections 5.1.3 and 5.2.2 with the errors of sections 8 to 10. Pure. */
final class Rights {
    private Rights() {}

    /**
     * Whether {@code actor}, who has this role in the room, may give {@code target} another one.
     *
     * @param role {@link Role#NONE} for somebody who is not in the room
     */
    static Optional<StanzaError> toRole(Affiliation actor, Role role, Affiliation target, Role before, Role after) {
        boolean isVoiceOfMighty = role == Role.MODERATOR && after == Role.VISITOR && target.isAtLeast(ADMIN);
        boolean isStatus = after == Role.MODERATOR || before == Role.MODERATOR && after != Role.NONE;
        if (isStatus && !isVoiceOfMighty) {
            return toStatus(actor, target, before, after);
        }
        if (role != Role.MODERATOR) {
            return error(Condition.FORBIDDEN, "only moderators may do that (XEP-0045 section 8)");
        }
        if (after == Role.NONE) {
            return toKick(actor, target, before);
        }
        boolean revokes = after == Role.VISITOR && before != Role.VISITOR;
        return revokes && (target.isAtLeast(ADMIN) || target.isAtLeast(actor))
                ? error(
                        Condition.NOT_ALLOWED,
                        "the voice of a %s is not yours to take (XEP-0045 section 8.4)",
                        name(target))
                : Optional.empty();
    }

    /** To be a moderator is granted and revoked by those who administer the room (sections 9.6 and 9.7). */
    private static Optional<StanzaError> toStatus(Affiliation actor, Affiliation target, Role before, Role after) {
        if (!actor.isAtLeast(ADMIN)) {
            return error(Condition.FORBIDDEN, "only admins and owners make moderators (XEP-0045 section 9)");
        }
        return after != Role.MODERATOR && target.isAtLeast(ADMIN)
                ? error(Condition.NOT_ALLOWED, "an %s is always a moderator (XEP-0045 section 9.7)", name(target))
                : Optional.empty();
    }

    /** Section 8.2, and of moderators section 5.1.3. */
    private static Optional<StanzaError> toKick(Affiliation actor, Affiliation target, Role before) {
        boolean isMighty = before == Role.MODERATOR && !actor.isAtLeast(ADMIN);
        return isMighty || !actor.isAtLeast(target)
                ? error(Condition.NOT_ALLOWED, "you cannot kick a %s (XEP-0045 section 8.2)", name(target))
                : Optional.empty();
    }

    /** Whether {@code actor} may give {@code target}, somebody else or oneself, another affiliation. */
    static Optional<StanzaError> toAffiliation(
            Affiliation actor, Affiliation target, Affiliation after, boolean oneself) {
        if (!actor.isAtLeast(ADMIN)) {
            return error(Condition.FORBIDDEN, "only admins and owners may do that (XEP-0045 section 9)");
        }
        if (oneself && after == OUTCAST) {
            return error(Condition.CONFLICT, "you cannot ban yourself (XEP-0045 section 9.1)");
        }
        boolean isOwners = target.isAtLeast(ADMIN) || after.isAtLeast(ADMIN);
        if (actor != Affiliation.ADMIN || !isOwners) {
            return Optional.empty();
        }
        return after == OUTCAST
                ? error(Condition.NOT_ALLOWED, "an admin cannot ban an %s (XEP-0045 section 9.1)", name(target))
                : error(Condition.FORBIDDEN, "only owners may do that (XEP-0045 section 10)");
    }

    /** Whether somebody may see who has an affiliation (sections 9.2, 9.5, 10.5 and 10.8). */
    static Optional<StanzaError> toList(Affiliation wanted, Affiliation actor, Role role, RoomConfig config) {
        boolean may = switch (wanted) {
            case OUTCAST, NONE -> actor.isAtLeast(ADMIN);
            case MEMBER -> actor.isAtLeast(ADMIN) || maySeeMembers(actor, role, config);
            case ADMIN, OWNER -> actor == Affiliation.OWNER || config.isNonAnonymous() && actor.isAtLeast(MEMBER);
        };
        return may ? Optional.empty() : error(Condition.FORBIDDEN, "that list is not for you");
    }

    /** The list has the JIDs, so it is for those who see them anyway. */
    private static boolean maySeeMembers(Affiliation actor, Role role, RoomConfig config) {
        boolean seesJids = config.isNonAnonymous() || role == Role.MODERATOR;
        return seesJids && (config.isNonAnonymous() && actor.isAtLeast(MEMBER) || config.givesMemberListTo(role));
    }

    /** Whether somebody may see who has a role (sections 8.5 and 9.8). */
    static Optional<StanzaError> toListRole(Role wanted, Affiliation actor, Role role) {
        boolean may = actor.isAtLeast(ADMIN) || wanted != Role.MODERATOR && role == Role.MODERATOR;
        return may ? Optional.empty() : error(Condition.FORBIDDEN, "that list is not for you");
    }

    private static String name(Affiliation affiliation) {
        return affiliation == Affiliation.NONE ? "user" : affiliation.wire();
    }

    private static Optional<StanzaError> error(Condition condition, String text, Object... args) {
        return Optional.of(StanzaError.of(condition, text, args));
    }
}
