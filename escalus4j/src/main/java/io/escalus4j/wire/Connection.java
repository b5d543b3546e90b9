package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A stream while it is being negotiated: what the steps speak through, and what they leave behind. Confined to the thread
 * that connects; handed over when all steps are done.
 */
public final class Connection {
    private final ConnectionSettings settings;
    private final Wire wire;
    private final List<Element> early = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Deadline deadline;
    private String streamId = "";
    private Optional<String> jid = Optional.empty();
    private Optional<StreamManagement> management = Optional.empty();
    private Optional<FastToken> token = Optional.empty();
    private SaslOffer offer = new SaslOffer(List.of(), Optional.empty(), false);

    Connection(ConnectionSettings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
        this.deadline = Deadline.in(settings.timeout());
    }

    public ConnectionSettings settings() {
        return settings;
    }

    public Wire wire() {
        return wire;
    }

    /** What the server calls the stream that it has opened last (RFC 6120 section 4.7.3). */
    public String streamId() {
        return streamId;
    }

    /** The full JID that was bound, if one was. */
    public Optional<String> jid() {
        return jid;
    }

    void bound(String jid) {
        this.jid = Optional.of(jid);
    }

    /** Its counters, once the stream is managed (XEP-0198). */
    public Optional<StreamManagement> management() {
        return management;
    }

    /** From here on stanzas are counted. */
    void managed(StreamManagement counters) {
        management = Optional.of(counters);
    }

    /** By what the client may prove who it is, as the server said last. */
    public SaslOffer offer() {
        return offer;
    }

    void offered(SaslOffer latest) {
        offer = latest;
    }

    /** What the server gave the client to log in with next time, if it did (XEP-0484). */
    public Optional<FastToken> token() {
        return token;
    }

    void token(FastToken latest) {
        token = Optional.of(latest);
    }

    /** Keeps what a step has no use for, for the client that takes over. */
    void keep(Element element) {
        early.add(element);
    }

    /** What came while a step waited for something else, in order: for the client that takes over. */
    public List<Element> early() {
        return List.copyOf(early);
    }

    /** What was agreed on, for example {@code TLSv1.3, SCRAM-SHA-256}. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public void log(String text) {
        log.add(text);
    }

    void beginStep() {
        deadline = Deadline.in(settings.timeout());
    }

    // ---- speaking

    public void send(Element element) throws IOException {
        if (management.isPresent()) {
            management.get().send(element, wire);
        } else {
            wire.send(element);
        }
    }

    /** Opens the stream, or opens it anew, and reads what the server offers (RFC 6120 section 4.3). */
    public Features openStream() throws IOException {
        wire.open(settings.header()
                .with("from", from())
                .with("to", settings.domain())
                .with("version", "1.0")
                .with("xml:lang", "en"));
        Element header = header();
        if (!header.is("stream", Ns.STREAMS)) {
            throw unexpected(header, "<stream xmlns='%s'> (RFC 6120 section 4.8.1)".formatted(Ns.STREAMS));
        }
        streamId = header.attribute("id", "");
        return features();
    }

    /** What the server offers now, which is due. */
    Features features() throws IOException {
        return new Features(receive("<features/>", element -> element.is("features", Ns.STREAMS)));
    }

    /** Who we are is said to nobody who just listens (section 4.7.1), and only if it looks like a name. */
    private Optional<String> from() {
        if (settings.isServer()) {
            return Optional.of(settings.origin());
        }
        String name = settings.credentials().username();
        return wire.isSecure() && name.matches("[^\\s\"&'/:<>@]+") ? Optional.of(settings.who()) : Optional.empty();
    }

    Element header() throws IOException {
        StreamEvent event = event("the stream header");
        if (event instanceof StreamEvent.Start start) {
            return start.header();
        }
        throw new IOException("the server sent no stream header first (RFC 6120 section 4.2)");
    }

    /** The next element, which must be {@code wanted}. */
    public Element receive(String what, Predicate<Element> wanted) throws IOException {
        Element element = receive(what);
        if (!wanted.test(element)) {
            throw unexpected(element, what);
        }
        return element;
    }

    /**
     * Asks the server by IQ.
     *
     * @param what names the question, in error texts too
     * @throws RefusedException if the answer is an error
     */
    public Element ask(String what, String type, Element payload) throws IOException {
        return answered(
                what,
                Element.of("iq", Ns.CLIENT).with("type", type).with("id", what).with(payload));
    }

    /** Asks an entity by IQ, else as {@link #ask(String, String, Element)}. */
    public Element askOf(String to, String what, String type, Element payload) throws IOException {
        return answered(
                what,
                Element.of("iq", Ns.CLIENT)
                        .with("to", to)
                        .with("type", type)
                        .with("id", what)
                        .with(payload));
    }

    private Element answered(String what, Element request) throws IOException {
        Element answer = exchange(request);
        if (answer.attribute("type", "").equals("error")) {
            throw RefusedException.stanza(what, answer);
        }
        return answer;
    }

    /** The answer to a request; what else comes meanwhile is kept for the client. */
    private Element exchange(Element request) throws IOException {
        send(request);
        String id = request.attribute("id", "");
        String what = "the answer to iq '%s'".formatted(id);
        Element element = receive(what);
        while (!isAnswer(element, id)) {
            early.add(element);
            element = receive(what);
        }
        return element;
    }

    private static boolean isAnswer(Element element, String id) {
        String type = element.attribute("type", "");
        return element.is("iq", Ns.CLIENT)
                && element.attribute("id", "").equals(id)
                && (type.equals("result") || type.equals("error"));
    }

    /** The next element, whatever it is. */
    public Element receive(String what) throws IOException {
        StreamEvent event = event(what);
        if (event instanceof StreamEvent.Whole whole && !Ending.isStreamError(whole.element())) {
            management.ifPresent(counters -> counters.received(whole.element()));
            return whole.element();
        }
        throw new StreamEndedException(ending(event));
    }

    private static Ending ending(StreamEvent event) {
        return event instanceof StreamEvent.Whole error
                ? Ending.streamError(error.element())
                : Ending.of("the server closed the stream");
    }

    private StreamEvent event(String what) throws IOException {
        try {
            return wire.next(deadline)
                    .orElseThrow(() -> new StreamEndedException(
                            Ending.of("the server closed the connection, %s was due".formatted(what))));
        } catch (SocketTimeoutException e) {
            throw new IOException("%s did not come within %s".formatted(what, Deadline.words(settings.timeout())), e);
        }
    }

    /** Encrypts the wire. */
    void secure() throws IOException {
        wire.secure(settings.trust(), settings.domain(), deadline);
        log(wire.describe());
    }

    private static IOException unexpected(Element seen, String wanted) {
        return new IOException(
                "the server sent <%s xmlns='%s'/>, we allow %s".formatted(seen.name(), seen.namespace(), wanted));
    }
}
