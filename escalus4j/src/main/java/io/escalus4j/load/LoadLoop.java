package io.escalus4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one thread that reads for all clients of a load, so that a thousand of them cost little. Thread-safe; what clients
 * hear, and what is {@link #run handed in}, runs on that thread and must not block.
 *
 * <pre>{@code
 * try (var loop = new LoadLoop()) {
 *     LoadClient alice = loop.connect(address, new LoadLogin("localhost", "alice", "secret", true)).join();
 *     alice.listen((client, stanza) -> heard.increment());
 *     alice.send("<message to='bob@localhost' type='chat'><body>Hi</body></message>");
 * }
 * }</pre>
 */
public final class LoadLoop implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;
    private static final long LONGEST_WAIT_MILLIS = 50;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread;
    private volatile LongSupplier between = () -> Long.MAX_VALUE;
    private volatile boolean closed;

    /** @throws UncheckedIOException if the machine has no more files to open */
    public LoadLoop() {
        try {
            selector = Selector.open();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        thread = new Thread(this::turn, "load-loop");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Connects, registers where the login says so, authenticates and binds; the future fails where the server refuses.
     *
     * @throws UncheckedIOException if nobody listens there
     */
    public CompletableFuture<LoadClient> connect(InetSocketAddress server, LoadLogin login) {
        try {
            var channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var client = new LoadClient(this, channel, login);
            run(() -> register(channel, client));
            return client.ready();
        } catch (IOException refused) {
            throw new UncheckedIOException("'%s' cannot connect to %s".formatted(login.name(), server), refused);
        }
    }

    private void register(SocketChannel channel, LoadClient client) {
        try {
            client.begin(channel.register(selector, SelectionKey.OP_READ, client));
        } catch (IOException gone) {
            client.lost(gone);
        }
    }

    /** Runs a task on the loop's thread. */
    public void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /**
     * Something to do between reads, such as to send what is due: it returns in how many nanoseconds it must run again, or
     * runs after the next read. There is one at a time. Its clock is as fine as a millisecond.
     */
    public void between(LongSupplier work) {
        between = work;
        selector.wakeup();
    }

    /** What this thread has spent, in nanoseconds of a processor: a loop that is always busy is the bottleneck itself. */
    public long processorNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    private void turn() {
        while (!closed) {
            try {
                selector.select(this::serve, patience(between.getAsLong()));
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        new ArrayList<>(selector.keys()).forEach(key -> ((LoadClient) key.attachment()).abort());
    }

    private static long patience(long nanos) {
        return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
    }

    private void serve(SelectionKey key) {
        var client = (LoadClient) key.attachment();
        if (key.isValid() && key.isReadable()) {
            buffer.clear();
            client.read(buffer);
        }
        if (key.isValid() && key.isWritable()) {
            client.flush();
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            selector.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
