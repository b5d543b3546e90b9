package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.Secrets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

final class MemorySecrets implements Secrets {
    private final ConcurrentHashMap<String, byte[]> secrets = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<byte[]> of(String name, Supplier<byte[]> fresh) {
        return CompletableFuture.completedFuture(
                secrets.computeIfAbsent(name, key -> fresh.get()).clone());
    }
}
