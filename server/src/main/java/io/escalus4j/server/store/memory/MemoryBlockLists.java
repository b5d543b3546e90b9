package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

final class MemoryBlockLists implements BlockLists, Forgetting {
    private final Table<Jid, Set<Jid>> lists = new Table<>();

    @Override
    public CompletionStage<Set<Jid>> of(Jid account) {
        return CompletableFuture.completedFuture(lists.get(account, Set.of()));
    }

    @Override
    public CompletionStage<Set<Jid>> update(Jid account, UnaryOperator<Set<Jid>> change) {
        return lists.update(account, known -> {
            var changed = Set.copyOf(change.apply(known.orElse(Set.of())));
            return new Step<>(changed.isEmpty() ? Optional.empty() : Optional.of(changed), changed);
        });
    }

    @Override
    public void forget(Jid owner) {
        lists.remove(owner);
    }
}
