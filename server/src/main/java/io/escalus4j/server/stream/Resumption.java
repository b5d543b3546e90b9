package io.escalus4j.server.stream;

import io.escalus4j.server.config.StreamManagementConfig;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.time.Timer;
import io.escalus4j.server.xmpp.Jid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which sessions can be resumed, by the id that their clients know, and until when (XEP-0198 section 5). Thread-safe.
 *
 * <p>Of a session that has ended it knows for a while how many stanzas it had handled, so that a client that comes too
 * late knows what to send again.
 */
public final class Resumption {
    private static final int REMEMBERED = 1000;

    private record Waiting(Timer end, long since) {}

    private record Past(Jid account, long h) {}

    private final Supplier<StreamManagementConfig> config;
    private final Sessions sessions;
    private final Time time;
    private final ConcurrentHashMap<String, ClientSession> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientSession, String> ids = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientSession, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Past> past = new LinkedHashMap<>();

    /** @param config as it is set now */
    public Resumption(Supplier<StreamManagementConfig> config, Sessions sessions, Time time) {
        this.config = config;
        this.sessions = sessions;
        this.time = time;
    }

    StreamManagementConfig config() {
        return config.get();
    }

    Unacked queue() {
        return new Unacked(config().unackedStanzas(), config().unackedBytes());
    }

    void register(String id, ClientSession session) {
        ids.put(session, id);
        byId.put(id, session);
    }

    /** The session, if it is of this account: of those of others nobody learns anything. */
    Optional<ClientSession> find(String id, Jid account) {
        return Optional.ofNullable(byId.get(id))
                .filter(session -> session.jid().bare().equals(account));
    }

    /** What an earlier session of this account had handled. */
    Optional<Long> pastCount(String id, Jid account) {
        synchronized (past) {
            return Optional.ofNullable(past.get(id))
                    .filter(one -> one.account().equals(account))
                    .map(Past::h);
        }
    }

    /** The session waits for its client from now on. */
    void detached(ClientSession session) {
        long loss = session.delivery().losses();
        var end = time.after(config().resumeTime(), () -> expire(session, loss));
        Optional.ofNullable(waiting.put(session, new Waiting(end, time.ticks())))
                .ifPresent(before -> before.end().cancel());
        if (!session.delivery().isLost(loss)) {
            forgetWaiting(session);
        }
        endOldest(session.jid());
    }

    private void expire(ClientSession session, long loss) {
        if (session.delivery().giveUp(loss)) {
            session.end();
        }
    }

    private void endOldest(Jid account) {
        var detached = sessions.of(account).stream()
                .filter(waiting::containsKey)
                .map(ClientSession.class::cast)
                .filter(session -> session.delivery().isDetached())
                .sorted(Comparator.comparingLong(this::since))
                .toList();
        detached.stream()
                .limit(Math.max(0, detached.size() - config().detachedPerAccount()))
                .forEach(session -> expire(session, session.delivery().losses()));
    }

    private long since(ClientSession session) {
        return Optional.ofNullable(waiting.get(session)).map(Waiting::since).orElse(Long.MAX_VALUE);
    }

    /** The client is back. */
    void attached(ClientSession session) {
        forgetWaiting(session);
    }

    private void forgetWaiting(ClientSession session) {
        Optional.ofNullable(waiting.remove(session))
                .ifPresent(wait -> wait.end().cancel());
    }

    void ended(ClientSession session) {
        forgetWaiting(session);
        Optional.ofNullable(ids.remove(session)).ifPresent(id -> {
            byId.remove(id);
            remember(id, new Past(session.jid().bare(), session.h()));
        });
    }

    private void remember(String id, Past one) {
        synchronized (past) {
            past.put(id, one);
            if (past.size() > REMEMBERED) {
                past.remove(past.keySet().iterator().next());
            }
        }
    }
}
