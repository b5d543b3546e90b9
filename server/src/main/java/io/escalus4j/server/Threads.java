package io.escalus4j.server;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.net.BatchingLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All threads of one server, named after it; daemons, so that a server that somebody forgot keeps no JVM alive.
 *
 * @param name what their names begin with
 * @param loops do the network's work
 * @param hashing for passwords; refuses what is too much
 * @param workers for rooms; refuses what is too much
 */
record Threads(String name, MultiThreadIoEventLoopGroup loops, ExecutorService hashing, ExecutorService workers) {
    private static final int WORKS = 100_000;
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    static Threads of(String name, int loops, SaslConfig sasl) {
        return new Threads(
                name,
                loops(loops == 0 ? Runtime.getRuntime().availableProcessors() : loops, name + "-loop"),
                hashing(name, sasl),
                workers(name));
    }

    private static MultiThreadIoEventLoopGroup loops(int count, String name) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), NioIoHandler.newFactory()) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... none) {
                return new BatchingLoop(this, executor, handlers);
            }
        };
    }

    private static ExecutorService workers(String name) {
        int count = Runtime.getRuntime().availableProcessors();
        return pool(count, WORKS, name + "-work");
    }

    private static ExecutorService pool(int threads, int queue, String name) {
        var pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ExecutorService hashing(String name, SaslConfig sasl) {
        return pool(sasl.hashThreads(), sasl.hashQueue(), name + "-hash");
    }

    /**
     * Waits until each event loop has looked at its sockets once more: what had arrived before is handled. A task that
     * is scheduled on the loop itself tells, since a loop takes those up only after it has looked at its sockets.
     */
    void lookAtSockets(Duration pause) {
        var looks = new ArrayList<CompletableFuture<Void>>();
        for (EventExecutor loop : loops) {
            var looked = new CompletableFuture<Void>();
            loop.execute(() -> loop.schedule(() -> looked.complete(null), pause.toNanos(), TimeUnit.NANOSECONDS));
            looks.add(looked);
        }
        looks.forEach(CompletableFuture::join);
    }

    /** Ends them all, within bounds. */
    void close() {
        hashing.shutdownNow();
        workers.shutdownNow();
        loops.shutdownGracefully(0, LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LONGEST_END.toMillis());
        try {
            hashing.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
            workers.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
