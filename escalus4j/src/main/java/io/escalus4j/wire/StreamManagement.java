package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's side of a managed stream (XEP-0198): what it has sent and got, counted in stanzas, and nothing else.
 * Thread-safe.
 *
 * <pre>{@code
 * alice.sm().h();          // stanzas that alice has got since <enabled/>
 * alice.sm().unacked();    // what she has sent and the server has not acknowledged
 * alice.sm().manual();     // from now on <r/> and <a/> come to her story, and nothing is acknowledged by itself
 * }</pre>
 */
public final class StreamManagement {
    public static final String NS = "urn:xmpp:sm:3";
    private static final long WRAP = 1L << 32;

    private final Optional<String> id;
    private final String jid;
    private final ReentrantLock sending = new ReentrantLock();
    private final Deque<Element> unacked;
    private long h;
    private long acked;
    private boolean manual;
    private CompletableFuture<Long> nextAck = new CompletableFuture<>();

    private StreamManagement(Optional<String> id, String jid, List<Element> unacked, long h, long acked) {
        this.id = id;
        this.jid = jid;
        this.unacked = new ArrayDeque<>(unacked);
        this.h = h;
        this.acked = acked;
    }

    /** @param id empty if the server does not let the stream be resumed */
    static StreamManagement enabled(Optional<String> id, String jid) {
        return new StreamManagement(id, jid, List.of(), 0, 0);
    }

    /** What the next stream of the same session begins with; counts of a stream that still runs go apart from here. */
    synchronized StreamManagement carriedOver() {
        return new StreamManagement(id, jid, List.copyOf(unacked), h, acked);
    }

    // ---- what can be seen

    /** What to resume the session by. */
    public Optional<String> id() {
        return id;
    }

    /** The full JID of the session. */
    String jid() {
        return jid;
    }

    /** How many stanzas have come since {@code <enabled/>}, modulo 2^32. */
    public synchronized long h() {
        return h;
    }

    /** How many of ours the server has acknowledged, modulo 2^32. */
    public synchronized long acked() {
        return acked;
    }

    /** How many stanzas of ours were sent, whatever became of them, modulo 2^32. */
    public synchronized long sent() {
        return (acked + unacked.size()) % WRAP;
    }

    /** What was sent since {@code <enable/>} and is not acknowledged, oldest first. */
    public synchronized List<Element> unacked() {
        return List.copyOf(unacked);
    }

    /** From now on {@code <r/>} is not answered by itself, and both it and {@code <a/>} are shown to the story. */
    public synchronized void manual() {
        manual = true;
    }

    /** Ends {@link #manual}. */
    public synchronized void automatic() {
        manual = false;
    }

    public synchronized boolean isManual() {
        return manual;
    }

    // ---- what happens

    /** Sends, and counts what is sent in the same order; who fails to send has tried. */
    public void send(Element element, Wire wire) throws IOException {
        sending.lock(); // not the lock of the counters: who reads must not wait for who cannot write
        try {
            sent(element);
            wire.send(element);
        } finally {
            sending.unlock();
        }
    }

    private synchronized void sent(Element element) {
        if (isStanza(element)) {
            unacked.addLast(element);
        }
    }

    /** Counts what came. */
    public synchronized void received(Element element) {
        if (isStanza(element)) {
            h = (h + 1) % WRAP;
        } else if (element.is("a", NS)) {
            acknowledged(element);
        }
    }

    /** What we have told the server that we have got: from there it goes on. */
    synchronized void handled(long count) {
        h = count;
    }

    /** What must be sent again, which counts it again. */
    synchronized List<Element> takeUnacked() {
        List<Element> again = List.copyOf(unacked);
        unacked.clear();
        return again;
    }

    /** @throws NumberFormatException if it has no {@code h} */
    synchronized void acknowledged(Element element) {
        long count = Long.parseLong(element.attribute("h", ""));
        long handled = Math.min(unacked.size(), Math.floorMod(count - acked, WRAP));
        for (long i = 0; i < handled; i++) {
            unacked.removeFirst();
        }
        acked = count;
        nextAck.complete(count);
        nextAck = new CompletableFuture<>();
    }

    /** Completes with the next {@code h} of the server. */
    public synchronized CompletableFuture<Long> nextAck() {
        return nextAck;
    }

    /** {@code <a/>} with any number that you like. */
    public static Element ack(long h) {
        return Element.of("a", NS).with("h", Long.toString(h));
    }

    /** {@code <r/>}. */
    public static Element request() {
        return Element.of("r", NS);
    }

    private static boolean isStanza(Element element) {
        return element.is("iq", Ns.CLIENT) || element.is("message", Ns.CLIENT) || element.is("presence", Ns.CLIENT);
    }

    @Override
    public synchronized String toString() {
        return "h %d, acked %d, unacked %d, id %s".formatted(h, acked, unacked.size(), id.orElse("none"));
    }
}
