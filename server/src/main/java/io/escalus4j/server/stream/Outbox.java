package io.escalus4j.server.stream;

import io.escalus4j.server.config.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What waits to be written to one connection, in the order of the calls, whatever thread they come from. Thread-safe.
 *
 * <p>It counts what the socket has not taken yet, and takes no more than the limits allow: when there is more the
 * connection must end, since nothing may be missing in the middle of a stream.
 */
final class Outbox {
    private static final int BATCH = 64;

    private final Wire wire;
    private final SessionConfig limits;
    private final Activity activity;
    private final Runnable overflow;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean closed;

    /** @param overflow runs once, on any thread, when there is more than the limits allow; it is closed then */
    Outbox(Wire wire, SessionConfig limits, Activity activity, Runnable overflow) {
        this.wire = wire;
        this.limits = limits;
        this.activity = activity;
        this.overflow = overflow;
    }

    /** Puts bytes in; {@code false} if they will never be written, since it is closed, or was too full for them. */
    boolean offer(byte[] added) {
        var fate = put(added);
        if (fate == Fate.TOO_MUCH) {
            overflow.run();
        }
        return fate == Fate.TAKEN;
    }

    private enum Fate {
        TAKEN,
        TOO_MUCH,
        CLOSED
    }

    private synchronized Fate put(byte[] added) {
        if (closed) {
            return Fate.CLOSED;
        }
        int before = bytes.getAndAdd(added.length);
        if (count.incrementAndGet() > limits.queueStanzas()
                || before > 0 && before + added.length > limits.queueBytes()) {
            closed = true;
            return Fate.TOO_MUCH;
        }
        waiting.add(added);
        if (scheduled.compareAndSet(false, true)) {
            activity.begin();
            wire.whenWriting(this::drain);
        }
        return Fate.TAKEN;
    }

    private void drain() {
        scheduled.set(false);
        flush();
        activity.end();
    }

    /** Hands all of it to the socket; on the event loop. */
    void flush() {
        for (var batch = batch(); !batch.isEmpty(); batch = batch()) {
            write(batch);
        }
    }

    private void write(List<byte[]> batch) {
        activity.write();
        wire.write(batch, () -> taken(batch));
    }

    private List<byte[]> batch() {
        var batch = new ArrayList<byte[]>();
        while (batch.size() < BATCH) {
            byte[] next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void taken(List<byte[]> batch) {
        for (byte[] one : batch) {
            bytes.addAndGet(-one.length);
        }
        count.addAndGet(-batch.size());
        activity.taken();
    }

    /** Hands over all there is and then {@code last}, which nothing follows, whoever is just putting it in; on the event loop. */
    void end(byte[] last) {
        close();
        flush();
        bytes.addAndGet(last.length);
        count.incrementAndGet();
        write(List.of(last));
    }

    /** How many stanzas the socket has not taken. */
    int size() {
        return count.get();
    }

    /** Nothing gets in any more: not even from a thread that is just about to put something in. */
    synchronized void close() {
        closed = true;
    }
}
