package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The requests of one BOSH session (XEP-0124 section 14): their ids, how many are on their way, and their answers in the
 * order of the requests, whichever comes first. Thread-safe; the receivers are called by one thread at a time.
 */
final class BoshRequests {
    private static final int CONNECTIONS = 2;

    /** What goes into one body: attributes of its own, or payloads that can go together. */
    private record Outgoing(Optional<Element> control, byte[] payload) {}

    private record Request(long rid, byte[] content) {}

    private final ConnectionSettings settings;
    private final Reader reader;
    private final Consumer<Element> answered;
    private final Consumer<Exception> lost;
    private final List<HttpLine> idle = new ArrayList<>();
    private final List<HttpLine> lines = new ArrayList<>();
    private final Deque<Outgoing> outgoing = new ArrayDeque<>();
    private final TreeMap<Long, Element> early = new TreeMap<>();
    private final TcpLine first;
    private final ExecutorService threads;
    private Optional<Request> latest = Optional.empty();
    private String sid = "";
    private long rid;
    private long due;
    private int onTheirWay;
    private int allowed = 1;
    private boolean paused;
    private boolean stopped;

    /** Reads the body of an answer. */
    interface Reader {
        Element read(byte[] content) throws IOException;
    }

    BoshRequests(
            ConnectionSettings settings,
            HttpLine first,
            Reader reader,
            Consumer<Element> answered,
            Consumer<Exception> lost) {
        this.settings = settings;
        this.reader = reader;
        this.answered = answered;
        this.lost = lost;
        this.first = first.line();
        this.idle.add(first);
        this.lines.add(first);
        this.rid = new SecureRandom().nextInt(Integer.MAX_VALUE);
        this.due = rid + 1;
        this.threads = Executors.newCachedThreadPool(this::thread);
    }

    private Thread thread(Runnable exchanges) {
        var thread = new Thread(exchanges, "bosh-" + settings.who());
        thread.setDaemon(true);
        return thread;
    }

    TcpLine line() {
        return first;
    }

    synchronized long rid() {
        return rid;
    }

    // ---- what is to be sent

    synchronized void payload(byte[] bytes) throws IOException {
        put(new Outgoing(Optional.empty(), bytes));
    }

    synchronized void control(Element body) throws IOException {
        put(new Outgoing(Optional.of(body), new byte[0]));
    }

    synchronized void pause(Element body) throws IOException {
        control(body);
        paused = true;
    }

    /** Goes out even if as many as are allowed are on their way (section 11). */
    synchronized void end(Element body) throws IOException {
        allowed++;
        control(body);
    }

    private void put(Outgoing one) throws IOException {
        if (stopped) {
            throw new IOException("the session is over");
        }
        paused = false;
        outgoing.add(one);
        pump();
    }

    synchronized void resend() throws IOException {
        if (stopped) {
            throw new IOException("the session is over");
        }
        Request again = latest.orElseThrow(() -> new IOException("nothing was sent yet"));
        start(again);
    }

    /** The server has agreed to these terms. */
    synchronized void begun(Element terms) {
        sid = terms.attribute("sid", "");
        allowed = Math.min(CONNECTIONS, Integer.parseInt(terms.attribute("requests", "1")));
    }

    /** As many as may be, and one that waits if there is nothing to say. */
    private void pump() {
        while (!stopped && onTheirWay < allowed) {
            if (!outgoing.isEmpty()) {
                start(next());
            } else if (onTheirWay == 0 && !paused && !sid.isEmpty()) {
                start(request(Element.of("body", BoshWire.NS), new byte[0]));
            } else {
                return;
            }
        }
    }

    private Request next() {
        Outgoing one = outgoing.remove();
        if (one.control().isPresent()) {
            return request(one.control().get(), one.payload());
        }
        var payloads = new ByteArrayOutputStream();
        payloads.writeBytes(one.payload());
        while (!outgoing.isEmpty() && outgoing.peek().control().isEmpty()) {
            payloads.writeBytes(outgoing.remove().payload());
        }
        return request(Element.of("body", BoshWire.NS), payloads.toByteArray());
    }

    private Request request(Element body, byte[] payload) {
        rid++;
        Element whole = body.with("rid", Long.toString(rid));
        byte[] tag = (sid.isEmpty() ? whole : whole.with("sid", sid)).toBytes();
        var content = new ByteArrayOutputStream();
        content.write(tag, 0, tag.length - 2); // without "/>"
        content.write('>');
        content.writeBytes(payload);
        content.writeBytes("</body>".getBytes(StandardCharsets.US_ASCII));
        return new Request(rid, content.toByteArray());
    }

    // ---- on its way

    private void start(Request request) {
        latest = Optional.of(request);
        onTheirWay++;
        threads.execute(() -> exchange(request));
    }

    private void exchange(Request request) {
        try {
            arrived(request, reader.read(answer(request)));
        } catch (IOException | RuntimeException failed) {
            fail(failed);
        }
    }

    /** A connection that was idle may be gone: then the same request goes over a new one (section 14.3). */
    private byte[] answer(Request request) throws IOException {
        Optional<HttpLine> used = idleLine();
        if (used.isPresent()) {
            try {
                return over(used.get(), request);
            } catch (IOException gone) {
                forget(used.get());
                requireGoingOn(gone);
            }
        }
        HttpLine fresh = HttpLine.connect(settings, BoshWire.mostBytes(settings.limits()));
        remember(fresh);
        return over(fresh, request);
    }

    private byte[] over(HttpLine line, Request request) throws IOException {
        byte[] answer = line.post(request.content());
        if (line.isReusable()) {
            giveBack(line);
        } else {
            forget(line);
        }
        return answer;
    }

    private synchronized Optional<HttpLine> idleLine() {
        return idle.isEmpty() ? Optional.empty() : Optional.of(idle.remove(idle.size() - 1));
    }

    private synchronized void giveBack(HttpLine line) {
        idle.add(line);
    }

    private synchronized void forget(HttpLine line) {
        lines.remove(line);
        line.drop();
    }

    private synchronized void remember(HttpLine line) throws IOException {
        if (stopped) {
            line.drop();
            throw new IOException("the session is over");
        }
        lines.add(line);
    }

    private synchronized void requireGoingOn(IOException gone) throws IOException {
        if (stopped) {
            throw gone;
        }
    }

    // ---- answers

    private synchronized void arrived(Request request, Element body) {
        onTheirWay--;
        String type = body.attribute("type", "");
        if (type.equals("terminate") && body.attribute("condition").isPresent()) {
            endWith(body);
            return;
        }
        // where the same request was sent once more its answer comes there (section 17.3)
        if (request.rid() >= due && !type.equals("error")) {
            early.put(request.rid(), body);
        }
        deliver();
        pump();
    }

    /** The session is over for all requests, whatever their order (section 17.2). */
    private void endWith(Element body) {
        deliver();
        if (!stopped) {
            answered.accept(body);
        }
    }

    private void deliver() {
        for (Element next = early.remove(due); next != null; next = early.remove(due)) {
            due++;
            answered.accept(next);
        }
    }

    private synchronized void fail(Exception cause) {
        onTheirWay--;
        if (!stopped) {
            lost.accept(cause);
        }
    }

    // ---- the end

    /** Nothing more is asked. */
    synchronized void stop() {
        stopped = true;
        threads.shutdown();
    }

    synchronized void drop() {
        lines.forEach(HttpLine::drop);
        lines.clear();
        idle.clear();
    }
}
