package io.escalus4j.server.route;

import io.escalus4j.server.xmpp.Jid;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who is connected: the sessions of each account of this node. Thread-safe. */
public final class Sessions {
    private final ConcurrentHashMap<Jid, List<Session>> byAccount = new ConcurrentHashMap<>();

    /** Adds a session; returns the one that had the same full JID until now. */
    public Optional<Session> add(Session session) {
        var displaced = at(session.jid());
        byAccount.merge(session.jid().bare(), List.of(session), Sessions::replacing);
        return displaced;
    }

    private static List<Session> replacing(List<Session> known, List<Session> added) {
        var jid = added.get(0).jid();
        return Stream.concat(known.stream().filter(s -> !s.jid().equals(jid)), added.stream())
                .toList();
    }

    /** Removes this very session, not one that has taken its JID since; tells whether it was there. */
    public boolean remove(Session session) {
        var account = session.jid().bare();
        boolean there = of(account).contains(session);
        byAccount.computeIfPresent(account, (jid, known) -> {
            var left = known.stream().filter(s -> s != session).toList();
            return left.isEmpty() ? null : left;
        });
        return there;
    }

    public Optional<Session> at(Jid full) {
        for (Session session : of(full)) {
            if (session.jid().equals(full)) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /** All sessions of the account that {@code jid} belongs to. */
    public List<Session> of(Jid jid) {
        return byAccount.getOrDefault(jid.bare(), List.of());
    }

    /** The sessions of an account that have sent presence, the highest priority first. */
    public List<Session> available(Jid jid) {
        return sorted(of(jid), Session::isAvailable);
    }

    /** The sessions that take messages for the account: available, of a priority that is not negative, the highest first. */
    public List<Session> willing(Jid jid) {
        return sorted(of(jid), session -> session.isAvailable() && session.priority() >= 0);
    }

    /** Most accounts have one session, and what is said in rooms asks for each of them. */
    private static List<Session> sorted(List<Session> all, Predicate<Session> wanted) {
        if (all.size() == 1) {
            return wanted.test(all.get(0)) ? all : List.of();
        }
        return all.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt(Session::priority).reversed())
                .toList();
    }

    /** Those of the {@link #willing} that share the highest priority: the "most available" ones (RFC 6121 section 8.5.2.1.1). */
    public List<Session> mostAvailable(Jid jid) {
        var willing = willing(jid);
        return willing.size() == 1
                ? willing
                : willing.stream()
                        .filter(s -> s.priority() == willing.get(0).priority())
                        .toList();
    }

    public List<Session> all() {
        return byAccount.values().stream().flatMap(Collection::stream).toList();
    }

    public int count() {
        return byAccount.values().stream().mapToInt(List::size).sum();
    }
}
