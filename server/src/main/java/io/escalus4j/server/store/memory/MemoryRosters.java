package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

final class MemoryRosters implements Rosters, Forgetting {
    private final Table<Jid, Map<Jid, RosterItem>> rosters = new Table<>();

    @Override
    public CompletionStage<List<RosterItem>> of(Jid account) {
        return CompletableFuture.completedFuture(
                List.copyOf(rosters.get(account, Map.of()).values()));
    }

    @Override
    public CompletionStage<Optional<RosterItem>> find(Jid account, Jid contact) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(rosters.get(account, Map.of()).get(contact)));
    }

    @Override
    public CompletionStage<Change> update(Jid account, Jid contact, UnaryOperator<Optional<RosterItem>> change) {
        return rosters.update(account, known -> {
            var items = known.orElse(Map.of());
            var before = Optional.ofNullable(items.get(contact));
            var after = change.apply(before);
            return new Step<>(Optional.of(with(items, contact, after)), new Change(before, after));
        });
    }

    private static Map<Jid, RosterItem> with(Map<Jid, RosterItem> items, Jid contact, Optional<RosterItem> item) {
        var changed = new HashMap<>(items);
        item.ifPresentOrElse(present -> changed.put(contact, present), () -> changed.remove(contact));
        return Map.copyOf(changed);
    }

    @Override
    public void forget(Jid owner) {
        rosters.remove(owner);
    }
}
