package io.escalus4j.server.store.memory;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

final class MemoryOfflineMessages implements OfflineMessages, Forgetting {
    private final Table<Jid, List<Element>> waiting = new Table<>();

    @Override
    public CompletionStage<Boolean> add(Jid account, Element message, int limit) {
        return waiting.update(account, known -> {
            var messages = known.orElse(List.of());
            return messages.size() < limit
                    ? new Step<>(Optional.of(with(messages, message)), true)
                    : new Step<>(known, false);
        });
    }

    private static List<Element> with(List<Element> messages, Element added) {
        return Stream.concat(messages.stream(), Stream.of(added)).toList();
    }

    @Override
    public CompletionStage<List<Element>> take(Jid account) {
        return waiting.update(account, known -> new Step<>(Optional.empty(), known.orElse(List.of())));
    }

    @Override
    public CompletionStage<List<Element>> of(Jid account) {
        return CompletableFuture.completedFuture(waiting.get(account, List.of()));
    }

    @Override
    public CompletionStage<Integer> count(Jid account) {
        return CompletableFuture.completedFuture(waiting.get(account, List.of()).size());
    }

    @Override
    public void forget(Jid owner) {
        waiting.remove(owner);
    }
}
