package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.NONE;
import static io.escalus4j.server.store.MucRoom.Affiliation.OUTCAST;
import static io.escalus4j.server.store.MucRoom.Affiliation.OWNER;

import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is what to a room, in it or not, by bare JID (section 5.2). Confined to the room's lane. */
final class Affiliations {
    private final Map<Jid, Affiliated> affiliated = new LinkedHashMap<>();
    private final Map<String, Jid> reserved = new HashMap<>();

    Map<Jid, Affiliated> all() {
        return affiliated;
    }

    /** What {@code user} is; a ban of a domain holds for all who have nothing of their own (section 9.2). */
    Affiliation of(Jid user) {
        var own = affiliated.get(user);
        if (own != null) {
            return own.affiliation();
        }
        return affiliated.containsKey(user.toDomain()) ? OUTCAST : NONE;
    }

    boolean isOwner(Jid user) {
        return of(user) == OWNER;
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
        if (as.affiliation() == NONE) {
            return;
        }
        var nick = as.affiliation() == OUTCAST ? Optional.<String>empty() : as.nick();
        affiliated.put(user, new Affiliated(as.affiliation(), nick, as.reason()));
        nick.ifPresent(name -> reserved.put(Nick.key(name), user));
    }
}
