package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A room of multi-user chat as it outlives its occupants and the server (XEP-0045). Immutable.
 *
 * @param name as a list of rooms has it, empty if none was given
 * @param description that it is looked for by, too, empty if none was given
 * @param listed whether a list of rooms has it at all
 * @param state what the room alone understands: configuration, subject, history
 * @param affiliations by bare JID, or by domain for all of its accounts
 */
public record MucRoom(
        Jid jid,
        String name,
        String description,
        boolean listed,
        Element state,
        Map<Jid, MucRoom.Affiliated> affiliations) {

    /** A lasting association with a room (section 5.2), the mightier the later; who has none stands in no list. */
    public enum Affiliation {
        OUTCAST,
        NONE,
        MEMBER,
        ADMIN,
        OWNER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isAtLeast(Affiliation other) {
            return compareTo(other) >= 0;
        }
    }

    /**
     * @param nick that nobody else may have in the room
     * @param reason that was given for it
     */
    public record Affiliated(Affiliation affiliation, Optional<String> nick, Optional<String> reason) {
        public static Affiliated as(Affiliation affiliation) {
            return new Affiliated(affiliation, Optional.empty(), Optional.empty());
        }
    }

    public MucRoom {
        affiliations = Collections.unmodifiableMap(new LinkedHashMap<>(affiliations));
    }

    public boolean isOutcast(Jid user) {
        var affiliated = affiliations.get(user);
        return affiliated != null && affiliated.affiliation() == Affiliation.OUTCAST;
    }

    /** Nobody could do anything about the room without this owner. */
    public boolean isOwnedOnlyBy(Jid user) {
        var owners = affiliations.entrySet().stream()
                .filter(entry -> entry.getValue().affiliation() == Affiliation.OWNER)
                .map(Map.Entry::getKey)
                .toList();
        return owners.size() == 1 && owners.contains(user);
    }
}
