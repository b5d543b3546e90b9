package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A room of MUC Light: an address, settings, and who belongs to it, whether they are connected or not. Immutable.
 *
 * @param configuration the settings that were made, by field; the others have the defaults of the server's schema
 * @param occupants by bare JID, in the order of the JIDs
 * @param version a text that no other state of this room has or had
 */
public record LightRoom(
        Jid jid, Map<String, String> configuration, Map<Jid, LightRoom.Affiliation> occupants, String version) {

    /** What an occupant is; who is none has no affiliation. */
    public enum Affiliation {
        OWNER,
        MEMBER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public LightRoom {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        occupants = sorted(occupants);
    }

    private static Map<Jid, Affiliation> sorted(Map<Jid, Affiliation> occupants) {
        var sorted = new TreeMap<Jid, Affiliation>(Comparator.comparing(Jid::toString));
        sorted.putAll(occupants);
        return Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
    }

    public Optional<Affiliation> affiliation(Jid user) {
        return Optional.ofNullable(occupants.get(user));
    }

    public boolean isOwner(Jid user) {
        return occupants.get(user) == Affiliation.OWNER;
    }

    public boolean hasOwner() {
        return occupants.containsValue(Affiliation.OWNER);
    }

    /** A room that everybody has left is gone. */
    public boolean isDeserted() {
        return occupants.isEmpty();
    }

    public LightRoom withConfiguration(Map<String, String> changed, String next) {
        var merged = new LinkedHashMap<>(configuration);
        merged.putAll(changed);
        return new LightRoom(jid, merged, occupants, next);
    }

    public LightRoom withOccupants(Map<Jid, Affiliation> changed, String next) {
        return new LightRoom(jid, configuration, changed, next);
    }
}
