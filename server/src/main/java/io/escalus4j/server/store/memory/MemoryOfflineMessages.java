package io.escalus4j.server.store.memory;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

final class MemoryOfflineMessages implements OfflineMessages, Forgetting {
    private final Table<Jid, List<Kept>> waiting = new Table<>();
    private final AtomicLong numbers = new AtomicLong();

    @Override
    public CompletionStage<Boolean> add(Jid account, Element message, int limit) {
        return waiting.update(account, known -> {
            var messages = known.orElse(List.of());
            return messages.size() < limit
                    ? new Step<>(Optional.of(with(messages, new Kept(numbers.incrementAndGet(), message))), true)
                    : new Step<>(known, false);
        });
    }

    private static List<Kept> with(List<Kept> messages, Kept added) {
        return Stream.concat(messages.stream(), Stream.of(added)).toList();
    }

    @Override
    public CompletionStage<List<Kept>> of(Jid account) {
        return CompletableFuture.completedFuture(waiting.get(account, List.of()));
    }

    @Override
    public CompletionStage<Void> remove(Jid account, Collection<Long> numbers) {
        var gone = Set.copyOf(numbers);
        return waiting.update(
                        account,
                        known -> new Step<>(
                                known.map(kept -> without(kept, gone)).filter(left -> !left.isEmpty()), true))
                .thenAccept(done -> {});
    }

    private static List<Kept> without(List<Kept> messages, Set<Long> numbers) {
        return messages.stream()
                .filter(kept -> !numbers.contains(kept.number()))
                .toList();
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
