package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.MucRoom;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.xmpp.Jid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Who looks for a user's rooms looks through all of them: that is seldom done. */
final class MemoryMucRooms implements MucRooms, Forgetting {
    private final ConcurrentHashMap<Jid, MucRoom> rooms = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Optional<MucRoom>> find(Jid room) {
        return CompletableFuture.completedFuture(Optional.ofNullable(rooms.get(room)));
    }

    @Override
    public CompletionStage<Void> put(MucRoom room) {
        rooms.put(room.jid(), room);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> remove(Jid room) {
        rooms.remove(room);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<Listed>> listed() {
        return CompletableFuture.completedFuture(sorted(rooms.values().stream().filter(MucRoom::listed))
                .map(room -> new Listed(room.jid(), room.name()))
                .toList());
    }

    private static Stream<MucRoom> sorted(Stream<MucRoom> rooms) {
        return rooms.sorted(Comparator.comparing(room -> room.jid().toString()));
    }

    @Override
    public CompletionStage<Integer> count() {
        return CompletableFuture.completedFuture(rooms.size());
    }

    @Override
    public CompletionStage<List<Jid>> of(Jid user) {
        return CompletableFuture.completedFuture(sorted(rooms.values().stream()
                        .filter(room -> room.affiliations().containsKey(user)))
                .map(MucRoom::jid)
                .toList());
    }

    /** Whoever has an affiliation with rooms has none then, but for a ban. */
    @Override
    public void forget(Jid owner) {
        rooms.remove(owner);
        rooms.values().removeIf(room -> room.isOwnedOnlyBy(owner));
        rooms.replaceAll((jid, room) -> room.isOutcast(owner) ? room : without(room, owner));
    }

    private static MucRoom without(MucRoom room, Jid user) {
        if (!room.affiliations().containsKey(user)) {
            return room;
        }
        Map<Jid, Affiliated> left = new LinkedHashMap<>(room.affiliations());
        left.remove(user);
        return new MucRoom(room.jid(), room.name(), room.listed(), room.state(), left);
    }
}
