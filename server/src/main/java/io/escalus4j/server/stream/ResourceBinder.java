package io.escalus4j.server.stream;

import io.escalus4j.server.config.SessionConfig;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.Sessions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        /** @param displaced who had this full JID until now, or is replaced otherwise, and must go (section 7.7.2.2) */
        record Bound(List<Session> displaced) implements Binding {}

        /** The account has as many resources as it may (section 7.6.2.1). */
        record Full() implements Binding {}
    }

    /**
     * @param replaces which others of the account must go for it, beside one of the same full JID
     * @param announce runs before anybody can deliver to the session
     */
    synchronized Binding bind(Session session, Predicate<Session> replaces, Runnable announce) {
        var others = sessions.of(session.jid()).stream()
                .filter(known -> !known.jid().equals(session.jid()))
                .toList();
        var displaced = others.stream().filter(replaces).toList();
        if (others.size() - displaced.size() >= limits.perAccount()) {
            return new Binding.Full();
        }
        announce.run();
        return new Binding.Bound(Stream.concat(sessions.add(session).stream(), displaced.stream())
                .toList());
    }
}
