package io.escalus4j.server.xep.im;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What follows from a change when the account's lane has been left: there it may be routed. */
@FunctionalInterface
interface Sequel<T> {
    CompletionStage<T> run();

    /** Nothing but a result. */
    static <T> Sequel<T> none(T result) {
        return () -> CompletableFuture.completedFuture(result);
    }

    static <T> CompletionStage<Sequel<T>> known(T result) {
        return CompletableFuture.completedFuture(none(result));
    }
}
