package io.escalus4j.server.control;

import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.Presence;

/**
 * One session. Immutable.
 *
 * @param presence {@code available}, {@code unavailable}, or what {@code <show/>} says
 * @param connected whether it has a stream; without one it waits to be resumed
 */
public record SessionInfo(String jid, String presence, int priority, boolean connected) {

    static SessionInfo of(Session session) {
        return new SessionInfo(
                session.jid().toString(),
                session.presence().map(SessionInfo::show).orElse("unavailable"),
                session.priority(),
                session.isConnected());
    }

    private static String show(Presence presence) {
        return presence.element().childText("show").map(String::strip).orElse("available");
    }
}
