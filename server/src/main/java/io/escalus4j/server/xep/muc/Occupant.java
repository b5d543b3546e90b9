package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody in a room: a nickname, and the resources of one user that are there under it (section 7.2.8). Confined to the
 * room's lane.
 */
final class Occupant {
    private final Jid user;
    private final String id;
    private final Map<Jid, Presence> sessions = new LinkedHashMap<>();
    private String nick;
    private Jid jid;
    private Role role;

    /**
     * @param user the bare JID
     * @param id what stays the same whatever the nickname (XEP-0421)
     */
    Occupant(Jid room, String nick, Jid user, String id, Role role) {
        this.user = user;
        this.id = id;
        this.role = role;
        this.nick = nick;
        this.jid = room.withResource(nick);
    }

    Occupant copy() {
        var copy = new Occupant(jid.bare(), nick, user, id, role);
        copy.sessions.putAll(sessions);
        return copy;
    }

    Jid user() {
        return user;
    }

    String id() {
        return id;
    }

    String nick() {
        return nick;
    }

    /** {@code room@service/nick}. */
    Jid jid() {
        return jid;
    }

    void rename(String other) {
        nick = other;
        jid = jid.withResource(other);
    }

    Role role() {
        return role;
    }

    void role(Role other) {
        role = other;
    }

    /** The full JIDs. */
    List<Jid> sessions() {
        return List.copyOf(sessions.keySet());
    }

    boolean has(Jid session) {
        return sessions.containsKey(session);
    }

    /** The presence that came last is the one that the room shows. */
    void present(Jid session, Presence presence) {
        sessions.remove(session);
        sessions.put(session, presence);
    }

    /** Tells whether nobody is left. */
    boolean leave(Jid session) {
        sessions.remove(session);
        return sessions.isEmpty();
    }

    /** The full JID whose presence the room shows. */
    Jid shownSession() {
        var all = new ArrayList<>(sessions.keySet());
        return all.get(all.size() - 1);
    }

    Presence shown() {
        return sessions.get(shownSession());
    }
}
