package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.XmlException;
import io.escalus4j.server.stream.StreamMetrics.Direction;
import io.escalus4j.server.time.Timer;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream (RFC 6120 section 4): reads its bytes as elements, lets its {@link State} decide about each, and
 * ends it once. Confined to the wire's event loop, except for {@link #deliver}, {@link #send} and {@link #close}.
 *
 * <p>While the stage of a state is pending nothing more is read, so that what a client sends is dealt with in its order
 * (section 10.1) and a client that sends too fast fills its own buffers and not ours.
 */
public final class ClientStream implements InboundStream {
    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);
    private static final Closed CLOSED = new Closed();

    private final StreamContext context;
    private final Wire wire;
    private final StreamOutput output;
    private final StreamInput input;
    private final Timer deadline;
    private State state = new Opening(this, Optional.empty());
    private CompletableFuture<State> pending = CompletableFuture.completedFuture(state);
    private Optional<ClientSession> session = Optional.empty();

    private ClientStream(StreamContext context, Wire wire) {
        this.context = context;
        this.wire = wire;
        this.output = new StreamOutput(
                wire.framing(),
                new Outbox(wire, context.config().sessions(), context.activity(), () -> wire.execute(this::cut)));
        this.input = wire.framing().input(context.limits(false));
        var loginTime = context.config().streams().loginTime();
        this.deadline = context.time().after(loginTime, () -> wire.execute(this::expire));
    }

    /** A stream for a connection that was just made. */
    public static ClientStream on(Wire wire, StreamContext context) {
        var stream = new ClientStream(context, wire);
        context.streams().add(stream);
        context.metrics().connected(wire.transport());
        return stream;
    }

    StreamContext context() {
        return context;
    }

    Wire wire() {
        return wire;
    }

    // ---- in

    /** Takes what the peer sent: any bytes of a stream, or one frame, as the wire's {@link Framing} has it. */
    @Override
    public void received(ByteBuffer bytes) {
        if (isOpen()) {
            session.ifPresent(ClientSession::heard);
            input.received(bytes);
            pump();
        }
    }

    private void pump() {
        context.activity().begin();
        try {
            while (isOpen() && pending.isDone()) {
                var event = input.next();
                if (event.isEmpty()) {
                    break;
                }
                advance(handle(event.get()).toCompletableFuture());
            }
        } catch (XmlException broken) {
            refuse(broken);
        } catch (StreamInput.Refused frame) {
            end(frame.error());
        } catch (RuntimeException bug) {
            fail(bug);
        } finally {
            context.activity().end();
        }
    }

    private CompletionStage<State> handle(StreamEvent event) {
        if (event instanceof StreamEvent.Whole whole) {
            return state.received(whole.element());
        }
        return event instanceof StreamEvent.Start start ? state.opened(new StreamHeader(start.header())) : ended();
    }

    private void advance(CompletableFuture<State> next) {
        pending = next;
        if (next.isDone()) {
            become(next.join());
            return;
        }
        context.activity().begin();
        wire.reading(false);
        next.whenComplete((state, bug) -> wire.execute(() -> resume(next)));
    }

    private void resume(CompletableFuture<State> next) {
        if (next.isCompletedExceptionally()) {
            next.whenComplete((none, bug) -> fail(bug));
        } else if (isOpen()) {
            become(next.join());
            wire.reading(isOpen());
            pump();
        }
        context.activity().end();
    }

    private void become(State next) {
        if (isOpen()) {
            state = next;
        }
    }

    private void refuse(XmlException broken) {
        broken.limit().ifPresent(context.metrics()::limitHit);
        end(StreamErrors.of(broken));
    }

    private void fail(Throwable bug) {
        LOG.error(
                "event=stream-failed session={}",
                session.map(ClientSession::toString).orElse("none"),
                bug);
        end(StreamError.of(Condition.INTERNAL_SERVER_ERROR));
    }

    private String name() {
        return session.map(ClientSession::toString).orElse("none");
    }

    private void expire() {
        if (session.isEmpty() && isOpen()) {
            context.metrics().limitHit("login-time");
            end(StreamError.of(
                    Condition.CONNECTION_TIMEOUT,
                    "no resource bound after %ds",
                    context.config().streams().loginTime().toSeconds()));
        }
    }

    // ---- for the states

    static CompletionStage<State> next(State state) {
        return CompletableFuture.completedFuture(state);
    }

    /** The next state when {@code stage} is done; {@code next} runs on the event loop. */
    <T, R> CompletionStage<R> after(CompletionStage<T> stage, Function<T, R> next) {
        var future = stage.toCompletableFuture();
        return future.isDone() ? future.thenApply(next) : future.thenApplyAsync(next, wire::execute);
    }

    /** The same for what leads to the next state by another stage. */
    <T> CompletionStage<State> then(CompletionStage<T> stage, Function<T, CompletionStage<State>> next) {
        return after(stage, next).thenCompose(state -> state);
    }

    /** Whether SASL may be done here and now. */
    boolean mayAuthenticate() {
        return wire.isSecure() || !context.requiresTls();
    }

    /** Whether the peer has sent nothing that was not dealt with, white space aside. */
    boolean isDrained() {
        try {
            return input.next().isEmpty() && input.isDrained();
        } catch (XmlException notWhiteSpace) {
            return false;
        }
    }

    /** All that was sent goes out first, in the clear; what came in the clear is forgotten. */
    void secure() {
        output.restart();
        wire.secure();
        input.clear();
    }

    /** The peer has authenticated, and opens the stream anew; it may be in a hurry and have done so already. */
    void restart() {
        output.restart();
        input.restart(context.limits(true));
    }

    /** The peer has authenticated, and the stream goes on (XEP-0388 section 2.6.1). */
    void authenticated() {
        input.limits(context.limits(true));
    }

    void bound(ClientSession bound) {
        session = Optional.of(bound);
        bound.heard();
        LOG.debug("event=session-bound session={} transport={} secure={}", bound, wire.transport(), wire.isSecure());
        deadline.cancel();
        if (!isOpen()) { // it ended while the session was made
            bound.left(this, true);
        }
    }

    // ---- out

    void answer(StreamHeader header) {
        String domain = context.config().domains().contains(header.to()) ? header.to() : defaultDomain();
        output.header(header.answer(domain, context.randomId()));
    }

    private String defaultDomain() {
        return context.config().domains().get(0);
    }

    void send(Element element) {
        output.element(element);
    }

    /** Writes a stanza, behind everything that was delivered before; {@code false} if it never will. Thread-safe. */
    boolean deliver(Stanza stanza) {
        return counted(stanza, output.element(stanza.element()));
    }

    private boolean counted(Stanza stanza, boolean taken) {
        if (taken) {
            context.metrics().stanza(Direction.OUT, stanza.element());
        }
        return taken;
    }

    /** A stanza as it is {@link #deliver delivered} on this stream. Thread-safe. */
    byte[] rendered(Stanza stanza) {
        return wire.framing().writer().write(stanza.element());
    }

    /** The same for what is {@link #rendered} already. */
    void deliver(Stanza stanza, byte[] xml) {
        counted(stanza, output.bytes(xml));
    }

    /** The client reads too slowly for what it gets: what cannot be told in order is not told at all. */
    private void cut() {
        if (isOpen()) {
            LOG.warn("event=queue-full session={} lost={}", name(), output.size());
            context.metrics().limitHit("queue");
            context.metrics().lost(output.size());
            abort();
        }
    }

    // ---- the end

    boolean isOpen() {
        return state != CLOSED;
    }

    /** Ends the stream with an error. Thread-safe; at once where the caller is on the event loop. */
    public void close(StreamError error) {
        if (wire.inEventLoop()) {
            end(error);
        } else {
            wire.execute(() -> end(error));
        }
    }

    CompletionStage<State> failed(StreamError error) {
        return next(end(error));
    }

    State end(StreamError error) {
        if (isOpen()) {
            if (!output.isOpened()) { // an error needs a stream (section 4.9.1.1)
                output.header(StreamHeader.unasked(defaultDomain(), context.randomId()));
            }
            send(error.toElement());
            finish();
        }
        return CLOSED;
    }

    /** The peer has ended its side, or cannot go on: so do we (section 4.4). */
    CompletionStage<State> ended() {
        finish();
        return next(CLOSED);
    }

    private void finish() {
        output.end();
        over(false);
        wire.finish();
    }

    /** The client seems to be gone: nothing that is said would reach it. Thread-safe. */
    void lose() {
        wire.execute(() -> {
            if (isOpen()) {
                abort();
            }
        });
    }

    private void abort() {
        over(true);
        wire.abort();
    }

    /** The connection is gone. */
    @Override
    public void disconnected() {
        context.metrics().disconnected(wire.transport());
        context.streams().remove(this);
        if (isOpen()) {
            over(true);
        }
    }

    /** @param lost without a good-bye of either side */
    private void over(boolean lost) {
        state = CLOSED;
        output.close();
        deadline.cancel();
        session.ifPresent(bound -> bound.left(this, lost));
    }

    /** Another stream goes on with the session: this one ends; done when what it had taken in is dealt with. Thread-safe. */
    CompletionStage<Void> release() {
        close(StreamError.of(Condition.CONFLICT, "the session was resumed elsewhere (XEP-0198 section 5)"));
        return settled();
    }

    /** Done when what the client sent last is dealt with. Thread-safe. */
    CompletionStage<Void> settled() {
        var settled = new CompletableFuture<Void>();
        if (wire.inEventLoop()) {
            settle(settled);
        } else {
            wire.execute(() -> settle(settled));
        }
        return settled;
    }

    private void settle(CompletableFuture<Void> settled) {
        pending.whenComplete((next, bug) -> settled.complete(null));
    }
}
