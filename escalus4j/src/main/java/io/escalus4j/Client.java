package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Address;
import io.escalus4j.history.Direction;
import io.escalus4j.match.Addressed;
import io.escalus4j.match.FailureText;
import io.escalus4j.match.Matcher;
import io.escalus4j.match.Matchers;
import io.escalus4j.stanza.Ids;
import io.escalus4j.wire.Connection;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.Deadline;
import io.escalus4j.wire.Ending;
import io.escalus4j.wire.FastToken;
import io.escalus4j.wire.Link;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * One connected resource of somebody in a story. Thread-safe.
 *
 * <pre>{@code
 * alice.send(chat(bob, "Hi!"));
 * bob.expect(chatMessage("Hi!").from(alice));
 * alice.expectNothing();
 * }</pre>
 *
 * <p>Whatever arrives waits in an inbox. An expectation takes the first stanza that fits and leaves the others in their
 * order; it waits at most for its time, and fails at once when the stream ends, with the reason. Answers to {@link #iq}
 * and stanzas of fences do not go into the inbox. Every failure is an {@link AssertionError} that tells what was wanted,
 * what was nearest and what happened last.
 */
public final class Client implements Addressed, AutoCloseable {
    private final String name;
    private final ConnectionSettings settings;
    private final Optional<Jid> jid;
    private final Telling telling;
    private final Wire wire;
    private final LiveStream stream;
    private final Sending sending;
    private final Link link;
    private final Management management;
    private final Inbox inbox;
    private final Replies replies = new Replies();
    private final List<Predicate<Element>> takers = new CopyOnWriteArrayList<>();
    private final Deque<Element> received = new ArrayDeque<>();
    private volatile boolean endExpected;
    private volatile boolean left;

    private Client(String name, Connection connection, Link link, Telling telling) {
        this.name = name;
        this.settings = connection.settings();
        this.jid = connection.jid().map(Jid::of);
        this.telling = telling;
        this.link = link;
        this.inbox = new Inbox(telling.settings().inbox());
        this.management = new Management(name, connection.management(), connection.token());
        this.wire = connection.wire();
        this.stream = new LiveStream(wire, connection.management(), settings.keepAlive(), this::receive);
        this.sending = new Sending(name, stream, telling);
        stream.ended().thenRun(inbox::end);
    }

    /**
     * A client outside of any story, with the standard settings.
     *
     * @throws io.escalus4j.wire.ConnectionException if a step of the connection fails
     */
    public static Client connect(String name, ConnectionSettings settings) {
        return connect(name, settings, new Telling(name, Settings.standard(), Optional.empty(), Optional.empty()));
    }

    static Client connect(String name, ConnectionSettings settings, Telling telling) {
        Link link = telling.link(name);
        Connection connection = Connector.connect(settings.withLink(link));
        var client = new Client(name, connection, link, telling);
        telling.history().names().add(client.address(), name);
        telling.history().note(name, "connected: " + String.join(", ", connection.log()));
        telling.joins(client);
        client.stream.start(name, () -> connection.early().forEach(client::receive));
        return client;
    }

    // ---- who it is

    /** For example {@code alice}, or {@code alice2} for her second resource. */
    public String name() {
        return name;
    }

    /**
     * The full JID that was bound.
     *
     * @throws IllegalStateException if none was, because the steps of the connection stopped before
     */
    public Jid jid() {
        return jid.orElseThrow(() -> new IllegalStateException("%s has bound no resource".formatted(name)));
    }

    /** The bare JID. */
    public Jid account() {
        return jid().bare();
    }

    @Override
    public String address() {
        return jid.map(Jid::toString).orElseGet(settings::who);
    }

    @Override
    public String nickname() {
        return name;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, address());
    }

    // ---- sending

    /** Sends the element just as it is. */
    public void send(Element element) {
        send(element, telling.nextStep());
    }

    /** Sends as part of a step that is counted elsewhere. */
    void send(Element element, int step) {
        sending.element(element, step);
    }

    /** Sends the text as bytes, whatever they are. */
    public void sendRaw(String text) {
        sending.raw(text, telling.nextStep());
    }

    // ---- receiving

    private void receive(Element element) {
        if (management.takes(element)) {
            acknowledge(element);
        } else if (!telling.marks().take(element)) {
            note(element);
        }
    }

    private void note(Element element) {
        telling.history().record(name, Direction.IN, element);
        remember(element);
        if (replies.take(element)) {
            telling.history().record(name, Direction.CONSUMED, element);
        } else if (!Ending.isOfTheStream(element) && !isTaken(element) && !inbox.put(element)) {
            stream.kill("the inbox is full: %d unread stanzas, the setting %s allows no more"
                    .formatted(telling.settings().inbox(), Option.INBOX.key()));
        }
    }

    private void remember(Element element) {
        synchronized (received) {
            if (received.size() == telling.settings().inbox()) {
                received.removeFirst();
            }
            received.addLast(element);
        }
    }

    private boolean isTaken(Element element) {
        return takers.stream().anyMatch(taker -> taker.test(element));
    }

    /** From now on what matches is not put into the inbox, for example {@code bob.ignore(presence())}. */
    public void ignore(Matcher matcher) {
        handle(matcher::matches);
    }

    /** From now on who says so takes what has come; called by the reader of the stream. */
    void handle(Predicate<Element> taker) {
        takers.add(taker);
    }

    /** What is unread, oldest first; it stays unread. */
    public List<Element> peek() {
        return inbox.unread();
    }

    /** Everything that has arrived, read or unread, answers, stream headers and stream errors too; as many as an inbox holds. */
    public List<Element> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Reads all that is unread now. */
    public List<Element> drain() {
        List<Element> drained = inbox.drain();
        drained.forEach(element -> telling.history().record(name, Direction.CONSUMED, element));
        return drained;
    }

    // ---- expecting

    /** Takes the first stanza that matches; waits for it as long as the settings say. */
    public Element expect(Matcher wanted) {
        return expect(wanted, telling.settings().timeout());
    }

    public Element expect(Matcher wanted, Duration within) {
        return expect(wanted, within, telling.nextStep());
    }

    /** Expects as part of a step that is counted elsewhere. */
    Element expect(Matcher wanted, int step) {
        return expect(wanted, telling.settings().timeout(), step);
    }

    private Element expect(Matcher wanted, Duration within, int step) {
        return inbox.take(wanted, Deadline.in(within))
                .map(this::consumed)
                .orElseThrow(() -> missed(FailureText.expected(name, wanted), within, step));
    }

    /** Takes one stanza for each matcher, in whatever order they come, within one time for all. */
    public List<Element> expectAll(Matcher... wanted) {
        int step = telling.nextStep();
        Duration within = telling.settings().timeout();
        return inbox.takeAll(List.of(wanted), Deadline.in(within))
                .map(taken -> taken.stream().map(this::consumed).toList())
                .orElseThrow(() -> missed(FailureText.expectedAll(name, Arrays.asList(wanted)), within, step));
    }

    private Element consumed(Element element) {
        telling.history().record(name, Direction.CONSUMED, element);
        return element;
    }

    private AssertionError missed(FailureText text, Duration within, int step) {
        FailureText told = text.within(within).received(inbox.unread());
        String open = jid.map(bound -> "open, bound as " + bound).orElse("open, no resource bound");
        return telling.error(
                name,
                stream.ending().map(ending -> told.closed(ending.text())).orElseGet(() -> told.stream(open)),
                step);
    }

    // ---- asking

    /**
     * Asks, and takes the answer, told by its id and its sender; gives the request an id if it has none.
     *
     * @return the result; an error fails
     */
    public Element iq(Element request) {
        int step = telling.nextStep();
        Element asked = Ids.on(request);
        return checked(Matchers.iqResultOf(asked), answer(asked, step), step);
    }

    /** Asks, and takes the error; a result fails. */
    public Element iqError(Element request) {
        int step = telling.nextStep();
        return checked(Matchers.iqError(), answer(Ids.on(request), step), step);
    }

    /** Asks, and takes the error with this defined condition, for example {@code item-not-found}. */
    public Element iqError(Element request, String condition) {
        int step = telling.nextStep();
        return checked(Matchers.iqError(condition), answer(Ids.on(request), step), step);
    }

    /** Asks, and takes the answer, be it a result or an error. */
    public Element request(Element request) {
        return answer(Ids.on(request), telling.nextStep());
    }

    private Element answer(Element request, int step) {
        Duration within = telling.settings().timeout();
        CompletableFuture<Element> answer = replies.await(request, Address.of(address()));
        send(request, step);
        Waits.until(CompletableFuture.anyOf(answer, stream.ended()), Deadline.in(within));
        replies.forget(request);
        if (!answer.isDone()) {
            throw missed(FailureText.expected(name, Replies.to(request)), within, step);
        }
        return answer.join();
    }

    private Element checked(Matcher wanted, Element answer, int step) {
        if (!wanted.matches(answer)) {
            throw telling.error(name, FailureText.expected(name, wanted).received(List.of(answer)), step);
        }
        return answer;
    }

    // ---- expecting nothing

    /**
     * Fails if anything is unread, or if anything that a client of this story has sent until now still makes something
     * arrive; see {@link #fence}.
     */
    public void expectNothing() {
        int step = telling.nextStep();
        requireNothing(step);
        jid();
        Fence.between(telling, telling.clients(), List.of(this));
        requireNothing(FailureText.expectedNothing(name, Fence.proof(telling)), step);
    }

    /** Fails if anything is unread, or arrives within a quiet period. */
    public void expectNothingFor(Duration quiet) {
        int step = telling.nextStep();
        inbox.awaitAny(Deadline.in(quiet));
        requireNothing(step);
    }

    private void requireNothing(int step) {
        requireNothing(FailureText.expectedNothing(name), step);
    }

    private void requireNothing(FailureText text, int step) {
        List<Element> unread = inbox.unread();
        if (!unread.isEmpty()) {
            throw telling.error(name, text.received(unread), step);
        }
    }

    /**
     * Returns when everything that these clients and this one have sent until now, and that is due to this one, has
     * arrived. Proven by the server itself if it can tell that it is idle, else by pings and marker messages which are
     * seen by no story.
     */
    public void fence(Client... senders) {
        Fence.between(telling, List.of(senders), List.of(this));
    }

    /** Completes when all that the server had written to this client before has arrived, or the stream has ended. */
    CompletableFuture<?> ping() {
        return sendMark(telling.marks().ping(jid().domain()));
    }

    /** Completes when all that this client has sent to {@code watcher} before has arrived, or one of the streams has ended. */
    CompletableFuture<?> mark(Client watcher) {
        return CompletableFuture.anyOf(sendMark(telling.marks().headline(watcher.jid())), watcher.stream.ended());
    }

    private CompletableFuture<?> sendMark(Marks.Mark mark) {
        stream.sendIfOpen(mark.stanza());
        return CompletableFuture.anyOf(mark.seen(), stream.ended());
    }

    /** Whether it can send and receive stanzas. */
    boolean isLive() {
        return jid.isPresent() && stream.ending().isEmpty() && !link.isHeld();
    }

    /** What is between this client and its server, and what shall go wrong there. */
    public Link link() {
        return link;
    }

    /** What is under the stream, for example a {@link io.escalus4j.wire.WebSocketWire} with its frames. */
    public Wire wire() {
        return wire.bare();
    }

    // ---- stream management

    /** What the server gave it to log in with next time, if it did (XEP-0484). */
    public Optional<FastToken> token() {
        return management.token();
    }

    /** What is counted on the stream; an {@link IllegalStateException} if it is not managed (XEP-0198). */
    public StreamManagement sm() {
        return management.sm();
    }

    /** A request that came is answered at once. */
    private void acknowledge(Element element) {
        telling.history().record(name, Direction.IN, element);
        management.answer(element).ifPresent(answer -> {
            telling.history().record(name, Direction.OUT, answer);
            stream.sendIfOpen(answer);
        });
    }

    /** Asks the server how many of our stanzas it has handled, and returns what it says. */
    public long requestAck() {
        int step = telling.nextStep();
        Duration within = telling.settings().timeout();
        CompletableFuture<Long> ack = sm().nextAck();
        send(StreamManagement.request(), step);
        Waits.until(CompletableFuture.anyOf(ack, stream.ended()), Deadline.in(within));
        if (!ack.isDone()) {
            throw missed(FailureText.expected(name, new Words("<a/> (XEP-0198 section 4)")), within, step);
        }
        return ack.join();
    }

    /**
     * Goes on with this client's session on another connection, and sends again what the server has not got.
     *
     * @return who has the session from now on
     */
    public Client resume() {
        Waits.until(left ? stream.ended() : CompletableFuture.completedFuture(null), Deadline.in(settings.timeout()));
        return resume(sm().h());
    }

    /** The same, but says that {@code h} stanzas have come. */
    public Client resume(long h) {
        return connect(name, management.resuming(settings, h), telling);
    }

    /** Goes on another way, to be found at the address of these settings. */
    Client resume(ConnectionSettings there) {
        return connect(name, management.moving(settings, there), telling);
    }

    // ---- ending

    /** Ends the stream in good order: says so, and waits for the server to say so too. */
    @Override
    public void close() {
        left = true;
        telling.history().note(name, "closes");
        stream.close(telling.settings().timeout());
    }

    /** Drops the connection without a word. */
    public void kill() {
        left = true;
        telling.history().note(name, "killed");
        stream.kill("the story killed it");
    }

    /** Waits until the server has ended the stream. */
    public void awaitClose() {
        int step = telling.nextStep();
        awaitEnding(FailureText.expected(name, new Words("the end of the stream")), step);
    }

    /** Waits until the server has ended the stream with this error, as in {@code conflict} (RFC 6120 section 4.9.3). */
    public Element expectStreamError(String condition) {
        int step = telling.nextStep();
        FailureText wanted = FailureText.expected(name, new Words("stream error " + condition));
        Ending ending = awaitEnding(wanted, step);
        if (!ending.condition().equals(condition)) {
            throw telling.error(name, wanted.closed(ending.text()), step);
        }
        return ending.streamError().orElseThrow();
    }

    private Ending awaitEnding(FailureText wanted, int step) {
        Duration within = telling.settings().timeout();
        endExpected = true;
        Waits.until(stream.ended(), Deadline.in(within));
        return stream.ending().orElseThrow(() -> missed(wanted, within, step));
    }

    /** Why the stream has ended, if it has and the story did not want it. */
    Optional<Ending> unexpectedEnding() {
        return endExpected || left || link.isBroken() ? Optional.empty() : stream.ending();
    }

    boolean isOver(Duration timeout) {
        return stream.isOver(timeout);
    }

    /** Whether the story has closed or killed it. */
    boolean hasLeft() {
        return left;
    }
}
