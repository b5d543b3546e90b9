package io.escalus4j.server.stream;

import io.escalus4j.server.module.Hook;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A resource that is bound to a stream, or to one after the other if it is resumed (XEP-0198 section 5). Thread-safe. */
final class ClientSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final Jid jid;
    private final StreamContext context;
    private final Delivery delivery;
    private final AtomicLong handled = new AtomicLong();
    private final ConcurrentHashMap<SessionKey<?>, Object> kept = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Optional<Presence> presence = Optional.empty();
    private volatile long heard;

    ClientSession(Jid jid, ClientStream stream) {
        this.jid = jid;
        this.context = stream.context();
        this.delivery = new Delivery(stream);
        heard();
    }

    @Override
    public Jid jid() {
        return jid;
    }

    @Override
    public Optional<Presence> presence() {
        return presence;
    }

    @Override
    public void presence(Optional<Presence> latest) {
        presence = latest;
    }

    @Override
    @SuppressWarnings("unchecked") // update() has put a T under a key of T
    public <T> T get(SessionKey<T> key) {
        return (T) kept.getOrDefault(key, key.initial());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T update(SessionKey<T> key, UnaryOperator<T> change) {
        return (T) kept.compute(key, (k, known) -> change.apply(known == null ? key.initial() : (T) known));
    }

    @Override
    public boolean isConnected() {
        return delivery.isAttached();
    }

    /** Its client has said something. */
    void heard() {
        heard = context.time().ticks();
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(context.time().ticks() - heard);
    }

    // ---- stanzas

    @Override
    public void deliver(Stanza stanza) {
        deliver(stanza, false);
    }

    @Override
    public void deliverCopy(Stanza stanza) {
        deliver(stanza, true);
    }

    @Override
    public boolean offer(Stanza stanza) {
        return delivery.hasRoom() && isTaken(stanza, false);
    }

    private void deliver(Stanza stanza, boolean copy) {
        if (!isTaken(stanza, copy)) {
            lookAfter(new Hook.Late(stanza, context.time().now(), copy));
        }
    }

    private boolean isTaken(Stanza stanza, boolean copy) {
        var fate = delivery.deliver(stanza, copy);
        if (fate == Delivery.Fate.TOO_MUCH) {
            overflow();
        }
        return fate != Delivery.Fate.LATE;
    }

    /** When this session is found by nobody any more: whoever looks for its account must not come here again. */
    private void lookAfter(Hook.Late late) {
        context.activity().begin();
        ended.thenCompose(over -> hand(List.of(late)))
                .whenComplete((told, bug) -> context.activity().end());
    }

    private void overflow() {
        context.metrics().limitHit("sm-unacked");
        close(StreamError.of(Condition.RESOURCE_CONSTRAINT, "too many stanzas are not acknowledged (XEP-0198)"));
    }

    Delivery delivery() {
        return delivery;
    }

    /** Counts a stanza of the client as dealt with. */
    void handled() {
        handled.incrementAndGet();
    }

    /** The client's stanzas count from here. */
    void countFromZero() {
        handled.set(0);
    }

    /** How many stanzas of the client have been dealt with, as the wire has it. */
    long h() {
        return handled.get() % Unacked.WRAP;
    }

    // ---- the end

    @Override
    public void close(StreamError error) {
        delivery.closing().ifPresentOrElse(stream -> stream.close(error), this::end);
    }

    @Override
    public void lose(StreamError error) {
        var stream = delivery.owner();
        if (delivery.isResumable()) {
            stream.lose();
        } else {
            stream.close(error);
        }
    }

    /** Its stream is over. */
    void left(ClientStream stream, boolean lost) {
        if (lost && delivery.lost(stream)) {
            LOG.debug("event=session-detached session={}", this);
            context.resumption().detached(this);
        } else if (delivery.isOwnedBy(stream)) {
            end();
        }
    }

    /** What the client sent last is dealt with before the modules hear that it has gone. */
    void end() {
        delivery.end().ifPresent(unacknowledged -> {
            LOG.debug("event=session-closed session={} unacknowledged={}", this, unacknowledged.size());
            context.sessions().remove(this);
            context.resumption().ended(this);
            context.activity().begin();
            context.hops()
                    .pass("end", jid, delivery.owner()::settled)
                    .thenCompose(last -> context.modules().tell(Hook.CLOSED, this))
                    .thenCompose(told -> hand(unacknowledged))
                    .whenComplete((told, bug) -> {
                        ended.complete(null);
                        context.activity().end();
                    });
        });
    }

    private CompletionStage<Void> hand(List<Hook.Late> unacknowledged) {
        return context.modules().tell(Hook.UNACKNOWLEDGED, new Hook.Unacknowledged(this, unacknowledged));
    }

    /** Done when all modules know that this session is gone. */
    CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public String toString() {
        return jid.toString();
    }
}
