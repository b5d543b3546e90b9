package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import rocks.xmpp.precis.PrecisProfiles;

/** Room nicknames: the Nickname profile of PRECIS (RFC 8266). */
final class Nick {
    private Nick() {}

    /** The nickname as the room shows it; empty if nobody could see it, if it is none, or too long for an address. */
    static Optional<String> enforced(String wanted) {
        try {
            return Optional.of(PrecisProfiles.NICKNAME.enforce(wanted))
                    .filter(nick -> !nick.isBlank())
                    .filter(Nick::isResource);
        } catch (IllegalArgumentException refusedByPrecis) {
            return Optional.empty();
        }
    }

    /** The profile may make more of it than was written. */
    private static boolean isResource(String nick) {
        return Jid.parse("room/" + nick).isPresent();
    }

    /** What two nicknames have in common that people take for the same one. */
    static String key(String nick) {
        return PrecisProfiles.NICKNAME.toComparableString(nick);
    }
}
