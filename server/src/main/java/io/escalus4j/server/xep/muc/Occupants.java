package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in a room, in the order of entering. Confined to the room's lane. */
final class Occupants {
    private final Map<String, Occupant> byNick = new LinkedHashMap<>();
    private final Map<Jid, Occupant> bySession = new LinkedHashMap<>();
    /** All full JIDs, made anew when they have changed: a message goes to them as they are. */
    private List<Jid> everySession = List.of();

    Occupants copy() {
        var copy = new Occupants();
        var twins = new IdentityHashMap<Occupant, Occupant>();
        byNick.forEach((nick, occupant) -> {
            twins.put(occupant, occupant.copy());
            copy.byNick.put(nick, twins.get(occupant));
        });
        bySession.forEach((session, occupant) -> copy.bySession.put(session, twins.get(occupant)));
        return copy;
    }

    Collection<Occupant> all() {
        return List.copyOf(byNick.values());
    }

    int count() {
        return byNick.size();
    }

    boolean isEmpty() {
        return byNick.isEmpty();
    }

    List<Jid> everySession() {
        if (everySession.size() != bySession.size()) {
            everySession = List.copyOf(bySession.keySet());
        }
        return everySession;
    }

    Optional<Occupant> withNick(String nick) {
        return Optional.ofNullable(byNick.get(Nick.key(nick)));
    }

    /** Who is there with this full JID. */
    Optional<Occupant> at(Jid session) {
        return Optional.ofNullable(bySession.get(session));
    }

    /** All whom this user is, under whatever nicknames. */
    List<Occupant> of(Jid user) {
        return byNick.values().stream()
                .filter(occupant -> occupant.user().equals(user))
                .toList();
    }

    void add(Occupant occupant) {
        byNick.put(Nick.key(occupant.nick()), occupant);
    }

    void enter(Occupant occupant, Jid session) {
        bySession.put(session, occupant);
        everySession = List.of();
    }

    void leave(Occupant occupant, Jid session) {
        bySession.remove(session);
        everySession = List.of();
        if (occupant.leave(session)) {
            byNick.remove(Nick.key(occupant.nick()));
        }
    }

    /** With all of its resources. */
    void remove(Occupant occupant) {
        new ArrayList<>(occupant.sessions()).forEach(bySession::remove);
        everySession = List.of();
        byNick.remove(Nick.key(occupant.nick()));
    }

    void rename(Occupant occupant, String nick) {
        String before = Nick.key(occupant.nick());
        occupant.rename(nick);
        byNick.remove(before);
        byNick.put(Nick.key(nick), occupant);
    }
}
