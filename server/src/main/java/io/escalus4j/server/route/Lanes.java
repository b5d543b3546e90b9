package io.escalus4j.server.route;

import io.escalus4j.server.time.Hops;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs what concerns one key, such as an account, one after the other, without a thread of its own. Thread-safe.
 *
 * <p>Work in a lane must not wait for other work in the same lane. A lane is as long as there are callers that wait for
 * it; a session waits for its own stanza before it reads the next, so sessions bound the lanes. However many wait, they take
 * their turns in a loop and not each on the stack of the one before.
 */
public final class Lanes<K> {
    private final ConcurrentHashMap<K, Turn<?>> tails = new ConcurrentHashMap<>();
    private final Hops hops;

    public Lanes() {
        this(Hops.STRAIGHT);
    }

    public Lanes(Hops hops) {
        this.hops = hops;
    }

    /** Work, and what comes behind it: nothing yet, another turn, or {@code OVER} when nothing can any more. */
    private record Turn<T>(
            Supplier<CompletionStage<T>> work, CompletableFuture<T> done, AtomicReference<Turn<?>> behind) {
        private static final Turn<?> OVER = new Turn<Object>(CompletableFuture::new);

        Turn(Supplier<CompletionStage<T>> work) {
            this(work, new CompletableFuture<>(), new AtomicReference<>());
        }

        /** Done when those who wait for the work have heard of it. */
        CompletableFuture<Void> take() {
            return Router.DONE
                    .thenCompose(nothing -> work.get())
                    .<Void>handle((result, failure) -> {
                        if (failure == null) {
                            done.complete(result);
                        } else {
                            done.completeExceptionally(failure);
                        }
                        return null;
                    })
                    .toCompletableFuture();
        }

        /** Whether it is still to end, so that {@code next} follows then. */
        boolean isFollowedBy(Turn<?> next) {
            return behind.compareAndSet(null, next);
        }

        Optional<Turn<?>> end() {
            return Optional.ofNullable(behind.getAndSet(OVER));
        }
    }

    /** Starts {@code work} when all earlier work for {@code key} is done, however it ended. */
    public <T> CompletionStage<T> run(K key, Supplier<CompletionStage<T>> work) {
        var turn = new Turn<>(() -> hops.pass("lane", key, work));
        var before = tails.put(key, turn);
        if (before == null || !before.isFollowedBy(turn)) {
            go(key, turn);
        }
        return turn.done();
    }

    private void go(K key, Turn<?> first) {
        var next = Optional.<Turn<?>>of(first);
        while (next.isPresent()) {
            var turn = next.get();
            var taken = turn.take();
            if (!taken.isDone()) {
                taken.thenRun(() -> end(key, turn).ifPresent(waiting -> go(key, waiting)));
                return;
            }
            next = end(key, turn);
        }
    }

    private Optional<Turn<?>> end(K key, Turn<?> turn) {
        tails.remove(key, turn);
        return turn.end();
    }

    /** Whether nothing runs or waits in any lane. */
    public boolean isEmpty() {
        return tails.isEmpty();
    }
}
