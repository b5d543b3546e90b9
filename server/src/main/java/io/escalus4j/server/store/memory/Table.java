package io.escalus4j.server.store.memory;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Immutable values by key, each replaced atomically. Thread-safe. */
final class Table<K, V> {
    private final ConcurrentHashMap<K, V> values = new ConcurrentHashMap<>();

    /** What becomes of a value (empty: it goes) and what its change is worth to whoever asked for it. */
    record Step<V, R>(Optional<V> next, R outcome) {}

    V get(K key, V otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    void remove(K key) {
        values.remove(key);
    }

    /** No two changes of one key overlap, so {@code transition} must be quick and must not come back here. */
    <R> CompletionStage<R> update(K key, Function<Optional<V>, Step<V, R>> transition) {
        var outcome = new AtomicReference<R>();
        values.compute(key, (k, known) -> {
            var step = transition.apply(Optional.ofNullable(known));
            outcome.set(step.outcome());
            return step.next().orElse(null);
        });
        return CompletableFuture.completedFuture(outcome.get());
    }
}
