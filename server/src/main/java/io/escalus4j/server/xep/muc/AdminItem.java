package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;

/** One item of a request of section 8, 9 or 10: a role for a nickname, or an affiliation for a user. */
sealed interface AdminItem {
    Optional<String> reason();

    record ForRole(String nick, Role role, Optional<String> reason) implements AdminItem {}

    /**
     * @param user the bare JID of an account, or a domain
     * @param nick to be reserved; empty text takes the reservation away
     */
    record ForAffiliation(Jid user, Affiliation affiliation, Optional<String> nick, Optional<String> reason)
            implements AdminItem {}

    /** Refuses what no room could be asked (section 17.4). */
    static AdminItem read(Element item) {
        var role = item.attribute("role");
        var affiliation = item.attribute("affiliation");
        Refused.unless(
                role.isPresent() != affiliation.isPresent(),
                Condition.BAD_REQUEST,
                "an item has a role or an affiliation, just one of them (XEP-0045 section 17.4)");
        return role.isPresent() ? forRole(item, role.get()) : forAffiliation(item, affiliation.orElseThrow());
    }

    private static AdminItem forRole(Element item, String role) {
        String nick = item.attribute("nick")
                .orElseThrow(() -> Refused.because(
                        Condition.BAD_REQUEST, "a role is for a nick, there is none (XEP-0045 section 17.4)"));
        return new ForRole(nick, role(role), reason(item));
    }

    private static AdminItem forAffiliation(Element item, String affiliation) {
        String written = item.attribute("jid")
                .orElseThrow(() -> Refused.because(
                        Condition.BAD_REQUEST, "an affiliation is for a jid, there is none (XEP-0045 section 17.4)"));
        Jid user = Jid.parse(written)
                .orElseThrow(
                        () -> Refused.because(Condition.JID_MALFORMED, "'%s' is no JID (RFC 7622 section 3)", written))
                .bare();
        var as = affiliation(affiliation);
        Refused.unless(
                !user.isDomain() || as == Affiliation.OUTCAST || as == Affiliation.NONE,
                Condition.BAD_REQUEST,
                "'%s' is a domain, which can be banned and nothing else",
                user);
        return new ForAffiliation(user, as, item.attribute("nick"), reason(item));
    }

    private static Optional<String> reason(Element item) {
        return item.childText("reason");
    }

    static Role role(String wire) {
        return List.of(Role.values()).stream()
                .filter(role -> role.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        Condition.BAD_REQUEST,
                        "role '%s' is unknown, allowed is none, visitor, participant or moderator",
                        wire));
    }

    static Affiliation affiliation(String wire) {
        return List.of(Affiliation.values()).stream()
                .filter(affiliation -> affiliation.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Refused.because(
                        Condition.BAD_REQUEST,
                        "affiliation '%s' is unknown, allowed is outcast, none, member, admin or owner",
                        wire));
    }
}
