package io.escalus4j.server.net.http;

import io.escalus4j.exml.Element;
import io.escalus4j.server.net.BatchingLoop;
import io.escalus4j.server.stream.ClientStream;
import io.escalus4j.server.stream.Frames;
import io.escalus4j.server.stream.Framing;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.Wire;
import io.escalus4j.server.time.Timer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream in the requests and answers of HTTP (XEP-0124, XEP-0206). Confined to an event loop of its own, whichever
 * connections its requests come by; except for {@link #received}.
 *
 * <p>A request is dealt with in the order of its id, then held. What there is to say goes into the answer to the oldest
 * one that is held; without anything to say it is answered when more are held than may be, or when its time is over.
 */
final class BoshSession implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(BoshSession.class);
    /** How our own writer begins a stream error. */
    private static final byte[] STREAM_ERROR = "<stream:error".getBytes(StandardCharsets.US_ASCII);

    private enum Phase {
        OPEN,
        ENDING,
        GONE
    }

    private record Held(BoshRequest request, Optional<Timer> limit) {}

    private final BoshTerms terms;
    private final EventLoop loop;
    private final StreamContext context;
    private final Runnable forget;
    private final BoshWindow window;
    private final BoshPace pace;
    private final BoshKeys keys = new BoshKeys();
    private final Deque<Held> held = new ArrayDeque<>();
    private final List<byte[]> outgoing = new ArrayList<>();
    private final List<Runnable> written = new ArrayList<>();
    private Phase phase = Phase.OPEN;
    private Optional<ClientStream> stream = Optional.empty();
    private Optional<BoshBody> greeting;
    private Optional<Timer> inactivity = Optional.empty();
    private boolean reading = true;
    private boolean failed;

    /** @param forget runs when it is over */
    BoshSession(BoshTerms terms, EventLoop loop, StreamContext context, Runnable forget) {
        this.terms = terms;
        this.loop = loop;
        this.context = context;
        this.forget = forget;
        this.window = new BoshWindow(terms.firstRid(), terms.requests());
        this.pace = new BoshPace(terms);
        this.greeting = Optional.of(terms.told());
    }

    // ---- requests

    /** Thread-safe. */
    void received(BoshRequest request) {
        context.activity().begin();
        execute(() -> {
            try {
                arrived(request);
            } finally {
                context.activity().end();
            }
        });
    }

    private void arrived(BoshRequest request) {
        if (phase == Phase.GONE) {
            request.refuse("item-not-found");
        } else if (terms.secure() && !request.secure()) {
            request.answer().abort(); // a session that is secure stays so (section 21.1)
        } else if (window.isPast(request.rid())) {
            cameAgain(request);
        } else if (!window.holds(request.rid(), isLast(request.body()))) {
            violated(request, window.isFull() ? "policy-violation" : "item-not-found");
        } else {
            window.put(request).ifPresent(BoshSession::superseded);
            advance();
        }
    }

    private static boolean isLast(BoshBody body) {
        return body.isPause() || body.isTerminate();
    }

    /** Whoever sends a request once more has lost its connection (section 14.3). */
    private static void superseded(BoshRequest older) {
        older.answer()
                .ok(
                        BoshRequest.CONTENT_TYPE,
                        BoshBody.empty().with("type", "error").around(List.of()));
    }

    private void cameAgain(BoshRequest request) {
        var waiting = held.stream()
                .filter(one -> one.request().rid() == request.rid())
                .findFirst();
        var answer = window.answer(request.rid());
        if (waiting.isPresent()) {
            superseded(waiting.get().request());
            replace(waiting.get(), new Held(request, waiting.get().limit()));
        } else if (answer.isPresent()) {
            request.answer().ok(terms.contentType(), answer.get());
        } else {
            violated(request, "item-not-found");
        }
    }

    private void replace(Held older, Held newer) {
        var all = List.copyOf(held);
        held.clear();
        all.forEach(one -> held.add(one == older ? newer : one));
    }

    private void advance() {
        while (reading && phase != Phase.GONE) {
            var due = window.take();
            if (due.isEmpty()) {
                break;
            }
            take(due.get());
        }
        whenWriting(this::settle); // behind what the stream has to say to it
    }

    private void take(BoshRequest request) {
        BoshBody body = request.body();
        stopClock();
        body.number("ack").ifPresent(window::acknowledged);
        if (!keys.accepts(body)) {
            violated(request, "item-not-found");
        } else if (pace.isHasty(body, held.size(), context.time().ticks())) {
            violated(request, "policy-violation");
        } else if (body.isPause()) {
            pause(request);
        } else {
            hold(request);
            pass(body);
        }
    }

    private void hold(BoshRequest request) {
        var limit = Optional.of(terms.waitTime())
                .filter(time -> !time.isZero())
                .map(time -> after(time, () -> answerUpTo(request.rid())));
        held.add(new Held(request, limit));
    }

    private void answerUpTo(long rid) {
        while (!held.isEmpty() && held.peek().request().rid() <= rid) {
            answerOldest();
        }
    }

    private void pause(BoshRequest request) {
        int seconds = request.body().seconds("pause").orElse(Integer.MAX_VALUE);
        if (seconds > terms.config().pauseTime().toSeconds()) {
            violated(request, "policy-violation");
            return;
        }
        held.add(new Held(request, Optional.empty()));
        answerUpTo(request.rid());
        startClock(Duration.ofSeconds(seconds));
    }

    // ---- to the stream

    private void pass(BoshBody body) {
        if (stream.isEmpty()) {
            stream = Optional.of(ClientStream.on(this, context));
            pass(header(body));
        } else if (body.isRestart()) {
            pass(header(body));
        } else {
            body.payloads().forEach(this::pass);
        }
        if (body.isTerminate()) {
            pass(Frames.CLOSE);
        }
    }

    private static Element header(BoshBody body) {
        return Frames.open()
                .with("to", body.attribute("to"))
                .with("from", body.attribute("from"))
                .with("version", "1.0")
                .with("xml:lang", body.attribute("xml:lang"));
    }

    private void pass(Element frame) {
        stream.orElseThrow().received(ByteBuffer.wrap(framing().writer().write(frame)));
    }

    // ---- answers

    private void settle() {
        while (!held.isEmpty() && (held.size() > terms.hold() || !outgoing.isEmpty() || phase == Phase.ENDING)) {
            answerOldest();
        }
    }

    private void answerOldest() {
        var oldest = held.remove();
        oldest.limit().ifPresent(Timer::cancel);
        BoshBody body = body(oldest.request().rid());
        boolean ends = phase == Phase.ENDING;
        byte[] content = (ends ? ended(body) : body).around(outgoing);
        var taken = List.copyOf(written);
        pace.answered(outgoing.isEmpty());
        outgoing.clear();
        written.clear();
        if (!oldest.request().body().isPause()) {
            window.answered(oldest.request().rid(), content);
        }
        oldest.request().answer().ok(terms.contentType(), content, () -> taken.forEach(Runnable::run));
        if (ends) {
            held.forEach(one -> one.request()
                    .answer()
                    .ok(terms.contentType(), BoshBody.empty().around(List.of())));
            gone();
        } else if (held.isEmpty()) {
            startClock(terms.config().inactivity());
        }
    }

    private BoshBody body(long rid) {
        BoshBody body = greeting.orElseGet(BoshBody::empty);
        greeting = Optional.empty();
        long latest = window.next() - 1;
        return terms.acknowledges() && (latest > rid || rid == terms.firstRid())
                ? body.with("ack", Long.toString(latest))
                : body;
    }

    private BoshBody ended(BoshBody body) {
        var terminate = body.with("type", "terminate");
        return failed ? terminate.with("condition", "remote-stream-error") : terminate;
    }

    // ---- the end

    /** The client breaks the rules, or is not the client: so ends the session (section 17.2). */
    private void violated(BoshRequest request, String condition) {
        context.metrics().limitHit("bosh-" + condition);
        LOG.info("event=bosh-refused address={} condition={}", request.address().getHostAddress(), condition);
        request.refuse(condition);
        held.forEach(one -> one.request().refuse(condition));
        gone();
    }

    private void startClock(Duration time) {
        stopClock();
        inactivity = Optional.of(after(time, this::gone));
    }

    private void stopClock() {
        inactivity.ifPresent(Timer::cancel);
        inactivity = Optional.empty();
    }

    private void gone() {
        if (phase != Phase.GONE) {
            phase = Phase.GONE;
            stopClock();
            held.forEach(one -> one.limit().ifPresent(Timer::cancel));
            held.clear();
            window.left().values().forEach(request -> request.refuse("item-not-found"));
            written.forEach(Runnable::run);
            written.clear();
            forget.run();
            stream.ifPresent(ClientStream::disconnected);
        }
    }

    private Timer after(Duration time, Runnable task) {
        return context.time().after(time, () -> execute(task));
    }

    // ---- for the stream

    @Override
    public InetAddress address() {
        return terms.address();
    }

    @Override
    public String transport() {
        return terms.secure() ? "bosh-tls" : "bosh";
    }

    @Override
    public Framing framing() {
        return Framing.BODIES;
    }

    @Override
    public boolean isSecure() {
        return terms.secure();
    }

    @Override
    public void secure() {
        throw new IllegalStateException("there is no STARTTLS in BOSH (XEP-0206 section 4)");
    }

    /** Requests wait meanwhile, unanswered, and a client may have just a few of them. */
    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        if (wanted) {
            execute(this::advance);
        }
    }

    @Override
    public void write(List<byte[]> bytes, Runnable taken) {
        bytes.stream().filter(one -> one.length > 0).forEach(outgoing::add);
        failed = failed || bytes.stream().anyMatch(BoshSession::isStreamError);
        if (phase == Phase.GONE || outgoing.isEmpty()) {
            taken.run();
        } else {
            written.add(taken);
            execute(this::settle);
        }
    }

    private static boolean isStreamError(byte[] xml) {
        return xml.length > STREAM_ERROR.length
                && Arrays.equals(xml, 0, STREAM_ERROR.length, STREAM_ERROR, 0, STREAM_ERROR.length);
    }

    @Override
    public void finish() {
        if (phase == Phase.OPEN) {
            phase = Phase.ENDING;
            reading(true);
            execute(this::settle);
            if (held.isEmpty()) {
                startClock(context.config().streams().closeTime());
            }
        }
    }

    /** Nothing more can be said. */
    @Override
    public void abort() {
        held.forEach(one -> one.request().answer().abort());
        gone();
    }

    @Override
    public boolean inEventLoop() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void whenWriting(Runnable writer) {
        BatchingLoop.whenWriting(loop, writer);
    }
}
