package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

final class MemoryTokens implements Tokens, Forgetting {
    private record Place(Token token, long count) {
        boolean holds(Token other) {
            return token.name().equals(other.name());
        }
    }

    /** The two places of a client. */
    private record Places(Optional<Place> fresh, Optional<Place> current) {
        static final Places EMPTY = new Places(Optional.empty(), Optional.empty());

        Stream<Place> all() {
            return Stream.concat(fresh.stream(), current.stream());
        }

        Places without(Token token) {
            return new Places(fresh.filter(place -> !place.holds(token)), current.filter(place -> !place.holds(token)));
        }

        Instant end() {
            return all().map(place -> place.token().expiry())
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
        }
    }

    private final Table<Jid, Map<String, Places>> accounts = new Table<>();

    @Override
    public CompletionStage<List<Token>> of(Jid account, String client) {
        return CompletableFuture.completedFuture(places(accounts.get(account, Map.of()), client)
                .all()
                .map(Place::token)
                .toList());
    }

    private static Places places(Map<String, Places> clients, String client) {
        return clients.getOrDefault(client, Places.EMPTY);
    }

    @Override
    public CompletionStage<Void> offer(Jid account, String client, Token token, int clients) {
        return update(account, known -> {
                    var place = Optional.of(new Place(token, 0));
                    known.put(client, new Places(place, places(known, client).current()));
                    known.keySet().stream()
                            .filter(other -> !other.equals(client))
                            .min(Comparator.comparing(other -> known.get(other).end()))
                            .filter(first -> known.size() > clients)
                            .ifPresent(known::remove);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Boolean> use(Jid account, String client, Token token, long count) {
        return update(account, known -> {
            var places = places(known, client);
            var used = places.all()
                    .filter(place -> place.holds(token) && (count == 0 || count > place.count()))
                    .findFirst()
                    .map(place -> new Place(place.token(), Math.max(count, place.count())));
            used.ifPresent(place -> known.put(
                    client, new Places(places.fresh().filter(other -> !other.holds(token)), Optional.of(place))));
            return used.isPresent();
        });
    }

    @Override
    public CompletionStage<Void> remove(Jid account, String client, Token token) {
        return update(account, known -> {
                    known.computeIfPresent(client, (name, places) -> places.without(token));
                    known.values().removeIf(places -> places.all().findAny().isEmpty());
                    return true;
                })
                .thenAccept(done -> {});
    }

    private CompletionStage<Boolean> update(Jid account, Function<Map<String, Places>, Boolean> change) {
        return accounts.update(account, known -> {
            var clients = new HashMap<>(known.orElse(Map.of()));
            boolean outcome = change.apply(clients);
            return new Step<>(clients.isEmpty() ? Optional.empty() : Optional.of(Map.copyOf(clients)), outcome);
        });
    }

    @Override
    public CompletionStage<Void> clear(Jid account) {
        forget(account);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void forget(Jid owner) {
        accounts.remove(owner);
    }
}
