package io.escalus4j.server.time;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Hops where nothing waits. */
record Straight() implements Hops {
    @Override
    public void run(String hop, Object who, Runnable task) {
        task.run();
    }

    @Override
    public <T> CompletionStage<T> pass(String hop, Object who, Supplier<CompletionStage<T>> work) {
        return work.get();
    }

    @Override
    public void close() {}
}
