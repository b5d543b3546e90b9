package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who was given a voice in a moderated room or lost it, over visits (section 5.1). Confined to the room's lane. */
final class Voices {
    private static final int MOST = 1000;

    private final Map<Jid, Role> roles = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Role> eldest) {
            return size() > MOST;
        }
    };

    Voices copy() {
        var copy = new Voices();
        copy.roles.putAll(roles);
        return copy;
    }

    Optional<Role> of(Jid user) {
        return Optional.ofNullable(roles.get(user));
    }

    void remember(Jid user, Role role) {
        roles.remove(user);
        if (role == Role.VISITOR || role == Role.PARTICIPANT) {
            roles.put(user, role);
        }
    }

    void forget(Jid user) {
        roles.remove(user);
    }

    Map<Jid, Role> all() {
        return Map.copyOf(roles);
    }
}
