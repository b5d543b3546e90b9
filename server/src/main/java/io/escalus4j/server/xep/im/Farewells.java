package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.StanzaError;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contacts learn that a session is gone (RFC 6121 section 4.5.3), and be it later: who they are is in a store, which may be
 * away just then. Thread-safe.
 */
final class Farewells implements AutoCloseable {
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final int MOST = 10_000;
    private static final int AT_ONCE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Farewells.class);

    private final ServerContext context;
    private final Broadcasts broadcasts;
    private final Queue<Session> owed = new LinkedBlockingQueue<>(MOST);
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean closed;

    Farewells(ServerContext context, Broadcasts broadcasts) {
        this.context = context;
        this.broadcasts = broadcasts;
    }

    /** Never fails because of a store. */
    CompletionStage<Void> of(Session session) {
        return broadcasts
                .closed(session)
                .exceptionallyCompose(
                        failure -> StanzaError.isTooMuch(failure) ? later(session) : Stages.failed(failure));
    }

    private CompletionStage<Void> later(Session session) {
        if (closed || !owed.offer(session)) {
            LOG.warn("event=farewell-dropped session={} waiting={}", session.jid(), owed.size());
        } else {
            schedule();
        }
        return Stages.DONE;
    }

    private void schedule() {
        if (due.compareAndSet(false, true)) {
            context.time().after(PAUSE, this::retry);
        }
    }

    private void retry() {
        due.set(false);
        for (int i = Math.min(owed.size(), AT_ONCE); i > 0; i--) {
            Optional.ofNullable(owed.poll()).ifPresent(this::again);
        }
        if (!owed.isEmpty()) {
            schedule();
        }
    }

    /** Nobody waits for it any more who could be told. */
    private void again(Session session) {
        of(session).whenComplete((told, bug) -> {
            if (bug != null) {
                LOG.error("event=farewell-failed session={}", session.jid(), bug);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        owed.clear();
    }
}
