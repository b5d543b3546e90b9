package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.store.memory.Table.Step;
import io.escalus4j.server.xmpp.Jid;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The addresses of a user's rooms stand beside the rooms, so that nobody looks through all of them. */
final class MemoryLightRooms implements LightRooms, Forgetting {
    private final Table<Jid, LightRoom> rooms = new Table<>();
    private final Map<Jid, Set<Jid>> byUser = new ConcurrentHashMap<>();
    private final Table<Jid, Set<Denial>> denials = new Table<>();

    @Override
    public CompletionStage<Optional<LightRoom>> find(Jid room) {
        return CompletableFuture.completedFuture(rooms.find(room));
    }

    @Override
    public CompletionStage<Boolean> create(LightRoom room) {
        return rooms.update(room.jid(), known -> {
            known.ifPresentOrElse(there -> {}, () -> enter(room));
            return new Step<>(Optional.of(known.orElse(room)), known.isEmpty());
        });
    }

    @Override
    public CompletionStage<Boolean> replace(LightRoom before, LightRoom after) {
        return rooms.update(before.jid(), known -> {
            boolean same = known.filter(room -> room.version().equals(before.version()))
                    .isPresent();
            if (!same) {
                return new Step<>(known, false);
            }
            leave(before, after);
            enter(after);
            return new Step<>(Optional.of(after).filter(room -> !room.isDeserted()), true);
        });
    }

    private void enter(LightRoom room) {
        room.occupants()
                .keySet()
                .forEach(user -> byUser.computeIfAbsent(user, u -> ConcurrentHashMap.newKeySet())
                        .add(room.jid()));
    }

    private void leave(LightRoom before, LightRoom after) {
        before.occupants().keySet().stream()
                .filter(user -> after.affiliation(user).isEmpty())
                .forEach(user -> roomsOf(user).remove(before.jid()));
    }

    private Set<Jid> roomsOf(Jid user) {
        return byUser.getOrDefault(user, Collections.emptySet());
    }

    @Override
    public CompletionStage<List<Listed>> of(Jid user) {
        return CompletableFuture.completedFuture(roomsOf(user).stream()
                .sorted(Comparator.comparing(Jid::toString))
                .flatMap(room -> rooms.find(room).stream())
                .filter(room -> room.affiliation(user).isPresent())
                .map(room -> new Listed(room.jid(), room.configuration(), room.version()))
                .toList());
    }

    @Override
    public CompletionStage<Set<Jid>> inAtLeast(int count, Collection<Jid> users) {
        return CompletableFuture.completedFuture(
                users.stream().filter(user -> roomsOf(user).size() >= count).collect(Collectors.toSet()));
    }

    /** Whoever is still in rooms then is just not there any more. */
    @Override
    public void forget(Jid owner) {
        denials.remove(owner);
        rooms.find(owner).ifPresent(room -> replace(room, room.withOccupants(Map.of(), room.version())));
        List.copyOf(roomsOf(owner))
                .forEach(room -> rooms.find(room).ifPresent(known -> {
                    var left = new LinkedHashMap<>(known.occupants());
                    left.remove(owner);
                    replace(known, known.withOccupants(left, known.version()));
                }));
    }

    @Override
    public CompletionStage<Set<Denial>> denials(Jid user) {
        return CompletableFuture.completedFuture(denials.get(user, Set.of()));
    }

    @Override
    public CompletionStage<Set<Denial>> updateDenials(Jid user, UnaryOperator<Set<Denial>> change) {
        return denials.update(user, known -> {
            var changed = Set.copyOf(change.apply(new HashSet<>(known.orElse(Set.of()))));
            return new Step<>(Optional.of(changed).filter(some -> !some.isEmpty()), changed);
        });
    }

    @Override
    public CompletionStage<Set<Jid>> denying(Set<Denial> these, Collection<Jid> users) {
        return CompletableFuture.completedFuture(users.stream()
                .filter(user -> !Collections.disjoint(denials.get(user, Set.of()), these))
                .collect(Collectors.toSet()));
    }
}
