package io.escalus4j.server.store.memory;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class MemoryDocuments implements Documents, Forgetting {
    private final Table<Jid, Map<String, Element>> documents = new Table<>();

    @Override
    public CompletionStage<Optional<Element>> find(Jid account, String key) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(documents.get(account, Map.of()).get(key)));
    }

    @Override
    public CompletionStage<Map<String, Element>> of(Jid account) {
        return CompletableFuture.completedFuture(documents.get(account, Map.of()));
    }

    @Override
    public CompletionStage<Boolean> put(Jid account, String key, Element document, int limit) {
        return documents.update(account, known -> {
            var changed = new HashMap<>(known.orElse(Map.of()));
            changed.put(key, document);
            return changed.size() <= limit
                    ? new Step<>(Optional.of(Map.copyOf(changed)), true)
                    : new Step<>(known, false);
        });
    }

    @Override
    public CompletionStage<Void> remove(Jid account, String key) {
        return documents.update(account, known -> {
            var changed = new HashMap<>(known.orElse(Map.of()));
            changed.remove(key);
            return new Step<>(changed.isEmpty() ? Optional.empty() : Optional.of(Map.copyOf(changed)), null);
        });
    }

    @Override
    public void forget(Jid owner) {
        documents.remove(owner);
    }
}
