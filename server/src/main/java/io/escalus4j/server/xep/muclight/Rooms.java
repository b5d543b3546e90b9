package io.escalus4j.server.xep.muclight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The rooms of late, beside the store: a message asks for its room's occupants, and waits for nobody. Thread-safe.
 *
 * <p>A room has no process. What changes it, and what tells its occupants of the change, runs in the room's lane in the
 * context of who asked for it; what only looks at it takes the room as it is.
 */
final class Rooms {
    private final LightRooms store;
    private final Cache<Jid, LightRoom> recent;
    private final Lanes<Jid> lanes = new Lanes<>();

    Rooms(LightRooms store, int cached) {
        this.store = store;
        this.recent = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /** How many are in memory. */
    long cached() {
        return recent.estimatedSize();
    }

    CompletionStage<Optional<LightRoom>> find(Jid room) {
        var known = recent.getIfPresent(room);
        return known == null
                ? lanes.run(room, () -> load(room))
                : CompletableFuture.completedFuture(Optional.of(known));
    }

    /** Does {@code work} on the room as it is then, while nobody else changes it. */
    <T> CompletionStage<T> inTurn(Jid room, Function<Optional<LightRoom>, CompletionStage<T>> work) {
        return lanes.run(room, () -> load(room).thenCompose(work));
    }

    private CompletionStage<Optional<LightRoom>> load(Jid room) {
        var known = recent.getIfPresent(room);
        return known == null
                ? store.find(room).thenApply(this::keep)
                : CompletableFuture.completedFuture(Optional.of(known));
    }

    private Optional<LightRoom> keep(Optional<LightRoom> found) {
        found.ifPresent(room -> recent.put(room.jid(), room));
        return found;
    }

    /** In the room's lane; tells whether it did. */
    CompletionStage<Boolean> create(LightRoom room) {
        return store.create(room).thenApply(created -> {
            if (created) {
                recent.put(room.jid(), room);
            }
            return created;
        });
    }

    /** In the room's lane; tells whether it did. If not, somebody else has changed the room, and it must be looked at once more. */
    CompletionStage<Boolean> replace(LightRoom before, LightRoom after) {
        return store.replace(before, after).whenComplete((replaced, failure) -> {
            if (failure == null && replaced && !after.isDeserted()) {
                recent.put(after.jid(), after);
            } else {
                recent.invalidate(before.jid());
            }
        });
    }

    /** What memory knows of rooms that {@code user} is in is to be looked at once more. */
    void forget(Jid user) {
        recent.asMap().values().removeIf(room -> room.affiliation(user).isPresent());
    }
}
