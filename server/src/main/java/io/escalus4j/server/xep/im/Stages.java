package io.escalus4j.server.xep.im;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What {@link CompletableFuture} lacks. */
final class Stages {
    static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private Stages() {}

    static <T> CompletionStage<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Starts {@code work} for each one; done when all of them are. */
    static <T> CompletionStage<Void> all(Collection<T> items, Function<T, CompletionStage<Void>> work) {
        return CompletableFuture.allOf(items.stream()
                .map(work)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
    }
}
