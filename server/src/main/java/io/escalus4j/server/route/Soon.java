package io.escalus4j.server.route;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Goes on at once where a stage is done already: what goes to many makes no stages for each of them. */
final class Soon {
    private Soon() {}

    static <T, R> CompletionStage<R> then(CompletionStage<T> stage, Function<T, CompletionStage<R>> next) {
        return isDone(stage) ? next.apply(stage.toCompletableFuture().join()) : stage.thenCompose(next);
    }

    /** What {@code otherwise} makes of a failure. */
    static <T> CompletionStage<T> guarded(CompletionStage<T> stage, Function<Throwable, CompletionStage<T>> otherwise) {
        return isDone(stage) ? stage : stage.exceptionallyCompose(otherwise);
    }

    private static boolean isDone(CompletionStage<?> stage) {
        var future = stage.toCompletableFuture();
        return future.isDone() && !future.isCompletedExceptionally();
    }
}
