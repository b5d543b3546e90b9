package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.NONE;
import static io.escalus4j.server.store.MucRoom.Affiliation.OUTCAST;
import static io.escalus4j.server.store.MucRoom.Affiliation.OWNER;

import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is what to a room, in it or not, by bare JID (section 5.2). Confined to the room's lane. */
final class Affiliations {
    private final Map<Jid, Affiliated> affiliated = new LinkedHashMap<>();
    private final Map<String, Jid> reserved = new HashMap<>();
    private final int most;
    /** Made anew when it changes: others look at it. */
    private Set<Jid> owners = Set.of();

    /** @param most how many the room keeps */
    Affiliations(int most) {
        this.most = most;
    }

    Affiliations copy() {
        var copy = new Affiliations(most);
        copy.affiliated.putAll(affiliated);
        copy.reserved.putAll(reserved);
        copy.owners = owners;
        return copy;
    }

    Map<Jid, Affiliated> all() {
        return affiliated;
    }

    /** What {@code user} is; a ban of a domain holds for all who have nothing of their own (section 9.2). */
    Affiliation of(Jid user) {
        var own = affiliated.get(user);
        return own == null ? ofDomain(affiliated.get(user.toDomain())) : own.affiliation();
    }

    /** What a service that is in the room itself may do is not what all its users may. */
    private static Affiliation ofDomain(@Nullable Affiliated domain) {
        return domain != null && domain.affiliation() == OUTCAST ? OUTCAST : NONE;
    }

    /** Refuses more than the room keeps. */
    void requireSpace(Collection<Jid> users) {
        long more = users.stream()
                .filter(user -> !affiliated.containsKey(user))
                .distinct()
                .count();
        Refused.unless(
                more == 0 || affiliated.size() + more <= most,
                Condition.RESOURCE_CONSTRAINT,
                "%d have an affiliation with this room, that is all it keeps",
                affiliated.size());
    }

    boolean isOwner(Jid user) {
        return of(user) == OWNER;
    }

    Set<Jid> owners() {
        return owners;
    }

    List<Jid> with(Affiliation wanted) {
        return affiliated.entrySet().stream()
                .filter(entry -> entry.getValue().affiliation() == wanted)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The nickname that nobody but {@code user} may have. */
    Optional<String> nick(Jid user) {
        return Optional.ofNullable(affiliated.get(user)).flatMap(Affiliated::nick);
    }

    /** Who has reserved this nickname, or one that looks the same. */
    Optional<Jid> holder(String nick) {
        return Optional.ofNullable(reserved.get(Nick.key(nick)));
    }

    /** An outcast has no nickname (section 9.1). */
    void put(Jid user, Affiliated as) {
        nick(user).ifPresent(nick -> reserved.remove(Nick.key(nick)));
        affiliated.remove(user);
        own(user, as.affiliation() == OWNER);
        if (as.affiliation() == NONE) {
            return;
        }
        var nick = as.affiliation() == OUTCAST ? Optional.<String>empty() : as.nick();
        affiliated.put(user, new Affiliated(as.affiliation(), nick, as.reason()));
        nick.ifPresent(name -> reserved.put(Nick.key(name), user));
    }

    private void own(Jid user, boolean owns) {
        if (owners.contains(user) != owns) {
            var changed = new HashSet<>(owners);
            if (!changed.remove(user)) {
                changed.add(user);
            }
            owners = Set.copyOf(changed);
        }
    }
}
