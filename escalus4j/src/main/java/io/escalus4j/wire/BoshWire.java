package io.escalus4j.wire;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream in requests and answers of HTTP (XEP-0124, XEP-0206), over two connections. Thread-safe as {@link Wire} says.
 *
 * <p>One request always waits at the server, which answers it when it has something to say. {@link #sendRaw} puts its
 * bytes into a body, {@link #sendBody} sends any attributes, {@link #resend} what was sent before.
 */
public final class BoshWire implements Wire {
    public static final String NS = "http://jabber.org/protocol/httpbind";
    private static final String XBOSH = "urn:xmpp:xbosh";
    private static final int ENVELOPE_BYTES = 4096;
    private static final int WAIT_SECONDS = 60;

    /** Nothing more will come. */
    private static final Object END = new Object();

    private final ConnectionSettings settings;
    private final BoshRequests requests;
    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private volatile boolean opened;
    private volatile Element terms = Element.of("body", NS);

    private BoshWire(ConnectionSettings settings, HttpLine first) {
        this.settings = settings;
        this.requests = new BoshRequests(settings, first, this::parse, this::answered, this::lost);
    }

    static BoshWire connect(ConnectionSettings settings) throws IOException {
        return new BoshWire(settings, HttpLine.connect(settings, mostBytes(settings.limits())));
    }

    static int mostBytes(XmlLimits limits) {
        return limits.elementBytes() * 2 + ENVELOPE_BYTES;
    }

    // ---- sending

    @Override
    public void open(Element header) throws IOException {
        Element body = Element.of("body", NS)
                .with("to", header.attribute("to"))
                .with("from", header.attribute("from"))
                .with("xml:lang", header.attribute("xml:lang"));
        if (opened) {
            events.add(new StreamEvent.Start(header(terms)));
            requests.control(body.with(xbosh("restart", "true")));
        } else {
            opened = true;
            requests.control(body.with("ver", "1.11")
                    .with("wait", Integer.toString(WAIT_SECONDS))
                    .with("hold", "1")
                    .with(xbosh("version", "1.0")));
        }
    }

    private static Attribute xbosh(String name, String value) {
        return new Attribute("xmpp", name, XBOSH, value);
    }

    @Override
    public void send(Element element) throws IOException {
        requests.payload(XmlWriter.standalone().write(element));
    }

    /** Within a body. */
    @Override
    public void sendRaw(byte[] bytes) throws IOException {
        requests.payload(bytes);
    }

    /** A body with these attributes; those that every body has are added. */
    public void sendBody(Element body) throws IOException {
        requests.control(body);
    }

    @Override
    public void end() throws IOException {
        requests.end(Element.of("body", NS).with("type", "terminate"));
    }

    /** All that waits is answered now, and no request is made until something is sent, or for as long as was agreed. */
    public void pause(Duration time) throws IOException {
        requests.pause(Element.of("body", NS).with("pause", Long.toString(time.toSeconds())));
    }

    /** Sends the last request once more, just as it was (XEP-0124 section 14.3). */
    public void resend() throws IOException {
        requests.resend();
    }

    /** Sends a body as a request of its own, over a connection of its own, whatever it says; returns its answer. */
    public Element post(Element body) throws IOException {
        HttpLine line = HttpLine.connect(settings, mostBytes(settings.limits()));
        try {
            return parse(line.post(body.toBytes()));
        } finally {
            line.drop();
        }
    }

    /** One request is always on its way. */
    @Override
    public void keepAlive() {
        // nothing to add
    }

    // ---- what is agreed

    /** The id of the session, empty before it is there. */
    public String sid() {
        return terms.attribute("sid", "");
    }

    /** The id of the latest request. */
    public long rid() {
        return requests.rid();
    }

    /** What the server has agreed to, for example {@code inactivity}. */
    public Element terms() {
        return terms;
    }

    // ---- receiving

    /** Answers come here in the order of their requests. */
    private void answered(Element body) {
        if (sid().isEmpty() && body.attribute("sid").isPresent()) {
            terms = body;
            requests.begun(body);
            events.add(new StreamEvent.Start(header(body)));
        }
        body.elements().forEach(payload -> events.add(new StreamEvent.Whole(payload)));
        if (body.attribute("type", "").equals("terminate")) {
            terminated(body);
        }
    }

    private Element parse(byte[] content) throws IOException {
        XmlLimits limits = settings.limits();
        var parser = StreamParser.ofFrames(
                new XmlLimits(mostBytes(limits), limits.depth() + 1, limits.attributes(), limits.nameBytes()));
        parser.feed(content);
        parser.end();
        return parser.next()
                .map(event -> ((StreamEvent.Whole) event).element())
                .filter(element -> element.is("body", NS))
                .orElseThrow(() -> new IOException("the server answered with no <body/> of BOSH: "
                        + new String(content, 0, Math.min(content.length, 80), StandardCharsets.UTF_8)));
    }

    private static Element header(Element body) {
        return XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT)
                .with("from", body.attribute("from"))
                .with("id", body.attribute("authid"))
                .with("version", "1.0");
    }

    private void terminated(Element body) {
        requests.stop();
        String condition = body.attribute("condition", "");
        boolean explained = body.elements().stream().anyMatch(Ending::isStreamError);
        if (condition.isEmpty() || explained) {
            events.add(new StreamEvent.End());
        } else {
            events.add(
                    new IOException("the server ended the session: %s (XEP-0124 section 17.2)".formatted(condition)));
        }
        events.add(END);
    }

    private void lost(Exception cause) {
        requests.stop();
        events.add(cause);
        events.add(END);
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        Object event = take(deadline);
        if (event instanceof IOException lost) {
            throw lost;
        }
        if (event instanceof RuntimeException bad) {
            throw bad;
        }
        if (event instanceof StreamEvent known) {
            return Optional.of(known);
        }
        events.add(END);
        return Optional.empty();
    }

    private Object take(Deadline deadline) throws IOException {
        try {
            Object event = events.poll(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new SocketTimeoutException("no answer came");
            }
            return event;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    // ---- the rest

    @Override
    public void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        throw new IOException("there is no STARTTLS in BOSH, TLS comes first (XEP-0206)");
    }

    @Override
    public boolean isSecure() {
        return requests.line().isSecure();
    }

    @Override
    public String describe() {
        return "BOSH over " + requests.line().describe();
    }

    @Override
    public void close() {
        drop();
    }

    @Override
    public void drop() {
        requests.stop();
        events.add(END);
        requests.drop();
    }

    @Override
    public String toString() {
        return "BOSH to " + requests.line();
    }
}
