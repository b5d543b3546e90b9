package io.escalus4j.server.xep.muc;

import java.util.Optional;
import rocks.xmpp.precis.PrecisProfiles;

/** Room nicknames: the Nickname profile of PRECIS (RFC 8266). */
final class Nick {
    private Nick() {}

    /** The nickname as the room shows it; empty if nobody could see it, or if it is none. */
    static Optional<String> enforced(String wanted) {
        try {
            return Optional.of(PrecisProfiles.NICKNAME.enforce(wanted)).filter(nick -> !nick.isBlank());
        } catch (IllegalArgumentException refusedByPrecis) {
            return Optional.empty();
        }
    }

    /** What two nicknames have in common that people take for the same one. */
    static String key(String nick) {
        return PrecisProfiles.NICKNAME.toComparableString(nick);
    }
}
