package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.MucRoom;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.xmpp.Jid;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    public CompletionStage<Optional<Page>> listed(Place place, int most) {
        var all = listed().toList();
        var jids = all.stream().map(Listed::jid).toList();
        if (place instanceof Place.From from) {
            return CompletableFuture.completedFuture(Optional.of(page(all, from.index(), from.index() + most)));
        }
        if (place instanceof Place.AtEnd) {
            return CompletableFuture.completedFuture(Optional.of(page(all, all.size() - most, all.size())));
        }
        boolean after = place instanceof Place.After;
        int at = jids.indexOf(after ? ((Place.After) place).room() : ((Place.Before) place).room());
        return CompletableFuture.completedFuture(
                Optional.of(after ? page(all, at + 1, at + 1 + most) : page(all, at - most, at))
                        .filter(page -> at >= 0));
    }

    private static Page page(List<Listed> all, int from, int to) {
        int start = Math.max(0, Math.min(from, all.size()));
        return new Page(all.subList(start, Math.max(start, Math.min(to, all.size()))), start, all.size());
    }

    private Stream<Listed> listed() {
        return sorted(rooms.values().stream().filter(MucRoom::listed)).map(room -> new Listed(room.jid(), room.name()));
    }

    @Override
    public CompletionStage<List<Listed>> matching(Words wanted, int most) {
        return CompletableFuture.completedFuture(sorted(rooms.values().stream().filter(MucRoom::listed))
                .filter(room -> wanted.words().stream().allMatch(word -> has(room, word, wanted)))
                .map(room -> new Listed(room.jid(), room.name()))
                .limit(most)
                .toList());
    }

    private static boolean has(MucRoom room, String word, Words wanted) {
        return wanted.inName() && room.name().toLowerCase(Locale.ROOT).contains(word)
                || wanted.inDescription()
                        && room.description().toLowerCase(Locale.ROOT).contains(word)
                || wanted.inAddress() && room.jid().toString().contains(word);
    }

    private static Stream<MucRoom> sorted(Stream<MucRoom> rooms) {
        return rooms.sorted(Comparator.comparing(room -> room.jid().toString()));
    }

    @Override
    public CompletionStage<Integer> count() {
        return CompletableFuture.completedFuture(rooms.size());
    }

    @Override
    public CompletionStage<Integer> owned(Jid user) {
        return CompletableFuture.completedFuture((int) rooms.values().stream()
                .map(room -> room.affiliations().get(user))
                .filter(as -> as != null && as.affiliation() == Affiliation.OWNER)
                .count());
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
        return new MucRoom(room.jid(), room.name(), room.description(), room.listed(), room.state(), left);
    }
}
