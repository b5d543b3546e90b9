package io.escalus4j.server.stream;

import io.escalus4j.server.config.SessionConfig;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;

/** Gives out resources (RFC 6120 section 7). Thread-safe: one at a time, so that the limit holds. */
public final class ResourceBinder {
    private final Sessions sessions;
    private final SessionConfig limits;

    public ResourceBinder(Sessions sessions, SessionConfig limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /** What came of it. */
    sealed interface Binding {
        /** @param displaced who had this full JID until now, and must go (section 7.7.2.2) */
        record Bound(Optional<Session> displaced) implements Binding {}

        /** The account has as many resources as it may (section 7.6.2.1). */
        record Full() implements Binding {}
    }

    /** @param announce runs before anybody can deliver to the session */
    synchronized Binding bind(Session session, Runnable announce) {
        if (others(session.jid()) >= limits.perAccount()) {
            return new Binding.Full();
        }
        announce.run();
        return new Binding.Bound(sessions.add(session));
    }

    private long others(Jid full) {
        return sessions.of(full).stream()
                .filter(known -> !known.jid().equals(full))
                .count();
    }
}
