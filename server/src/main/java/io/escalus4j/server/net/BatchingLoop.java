package io.escalus4j.server.net;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop that writes to all connections that have something to write in one go, and is woken once for it.
 *
 * <p>A message to a room of a thousand wakes the loop once, not a thousand times. A go that was long is followed by a
 * rest, in which the loop reads; what is said meanwhile goes to each connection with a single write, after the rest.
 * So a loaded server makes fewer and larger writes, and an idle one never waits.
 */
public final class BatchingLoop extends SingleThreadIoEventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BatchingLoop.class);
    private static final long REST_PER_WORK = 8;
    private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(10);
    /** In the queue: what follows came while the go went on, and waits for the next. */
    private static final Runnable END = () -> {};

    /** Each connection is in it once at most. */
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    /** A go or a rest before one is under way: who adds to the queue need not wake the loop. */
    private final AtomicBoolean planned = new AtomicBoolean();

    /** One of the loops of {@code parent}. */
    public BatchingLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
        super(parent, executor, handlers);
    }

    /** Runs {@code writer} in the loop's next go; on a loop of another kind at once. Thread-safe. */
    public static void whenWriting(EventLoop loop, Runnable writer) {
        if (loop instanceof BatchingLoop batching) {
            batching.due.add(writer);
            batching.plan();
        } else {
            loop.execute(writer);
        }
    }

    private void plan() {
        if (planned.compareAndSet(false, true)) {
            execute(this::writeAll);
        }
    }

    private void writeAll() {
        long rest = rest(writeDue());
        if (rest > 0) {
            schedule(this::writeAll, rest, TimeUnit.NANOSECONDS);
            return;
        }
        planned.set(false);
        if (!due.isEmpty()) {
            plan();
        }
    }

    /** How long it took, in nanoseconds; 0 if there was nothing to write. */
    private long writeDue() {
        if (due.isEmpty()) {
            return 0;
        }
        long begin = System.nanoTime();
        due.add(END);
        for (var writer = due.poll(); writer != END; writer = due.poll()) {
            run(writer);
        }
        return System.nanoTime() - begin;
    }

    private static void run(Runnable writer) {
        try {
            writer.run();
        } catch (Throwable fault) {
            LOG.error("event=write-failed", fault);
        }
    }

    private static long rest(long work) {
        long rest = Math.min(work * REST_PER_WORK, LONGEST_REST);
        return rest < SHORTEST_REST ? 0 : rest;
    }
}
