package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

final class MemoryLastSeen implements LastSeen, Forgetting {
    private final ConcurrentHashMap<Jid, Departure> departures = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Optional<Departure>> of(Jid account) {
        return CompletableFuture.completedFuture(Optional.ofNullable(departures.get(account)));
    }

    @Override
    public CompletionStage<Void> put(Jid account, Departure departure) {
        departures.put(account, departure);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void forget(Jid owner) {
        departures.remove(owner);
    }
}
