package io.escalus4j.server.route;

import io.escalus4j.server.time.Hops;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs what concerns one key, such as an account, one after the other, without a thread of its own. Thread-safe.
 *
 * <p>Work in a lane must not wait for other work in the same lane. A lane is as long as there are callers that wait for
 * it; a session waits for its own stanza before it reads the next, so sessions bound the lanes.
 */
public final class Lanes<K> {
    private final ConcurrentHashMap<K, CompletableFuture<?>> tails = new ConcurrentHashMap<>();
    private final Hops hops;

    public Lanes() {
        this(Hops.STRAIGHT);
    }

    public Lanes(Hops hops) {
        this.hops = hops;
    }

    /** Starts {@code work} when all earlier work for {@code key} is done, however it ended. */
    public <T> CompletionStage<T> run(K key, Supplier<CompletionStage<T>> work) {
        var turn = new CompletableFuture<Void>();
        var done = turn.thenCompose(nothing -> hops.pass("lane", key, work));
        var before = tails.put(key, done);
        done.whenComplete((result, failure) -> tails.remove(key, done));
        if (before == null) {
            turn.complete(null);
        } else {
            before.whenComplete((result, failure) -> turn.complete(null));
        }
        return done;
    }

    /** Whether nothing runs or waits in any lane. */
    public boolean isEmpty() {
        return tails.isEmpty();
    }
}
