package io.escalus4j.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What the contract tests need of the asynchronous: to wait, and to be many at once. */
final class Promises {
    private static final int ACTORS = 8;

    private Promises() {}

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Lets eight threads do {@code work} at the same moment, and returns what each got. */
    static <T> List<T> together(Callable<T> work) throws Exception {
        var barrier = new CyclicBarrier(ACTORS);
        var threads = Executors.newFixedThreadPool(ACTORS);
        try {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < ACTORS; i++) {
                running.add(threads.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            return outcomes(running);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What {@code read} finds again and again while {@code changes} go on, each at least once. */
    static <T> Set<T> seenDuring(Callable<?> changes, Callable<T> read) throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            var changing = thread.submit(changes);
            var seen = new HashSet<T>();
            do {
                seen.add(read.call());
            } while (!changing.isDone());
            changing.get();
            return seen;
        } finally {
            thread.shutdownNow();
        }
    }

    private static <T> List<T> outcomes(List<Future<T>> running) throws Exception {
        var outcomes = new ArrayList<T>();
        for (var one : running) {
            try {
                outcomes.add(one.get(10, TimeUnit.SECONDS));
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            }
        }
        assertThat(outcomes).hasSize(ACTORS);
        return outcomes;
    }
}
