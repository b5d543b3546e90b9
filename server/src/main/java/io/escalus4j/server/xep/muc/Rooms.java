package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * The rooms in memory, each with an executor of its own: what concerns one room is done on the workers, one after the
 * other. A room comes from the store when it is asked for, and leaves memory when nobody has been in it for a while.
 * Thread-safe.
 */
final class Rooms {
    private final ServerContext context;
    private final MucRooms store;
    private final MucConfig config;
    private final ConcurrentHashMap<Jid, Slot> slots = new ConcurrentHashMap<>();

    Rooms(ServerContext context, MucConfig config) {
        this.context = context;
        this.store = context.stores().mucRooms();
        this.config = config;
    }

    /**
     * A room's place. Confined to the room's lane, but for {@code waiting}, which the map guards, and what tells from outside
     * whether anybody uses the room.
     */
    static final class Slot {
        private int waiting;
        private volatile boolean isUnused;
        private volatile long used;
        private volatile Optional<RoomCard> card = Optional.empty();
        private boolean loaded;
        private boolean stored;
        private boolean dismissed;
        private Optional<Room> room = Optional.empty();

        Optional<Room> room() {
            return room;
        }

        /** What it has become, and nothing if it is gone. */
        void room(Room now) {
            room = Optional.of(now).filter(there -> !there.isDestroyed());
        }

        void use(long now) {
            used = now;
            card = room.map(RoomCard::of);
            isUnused = room.filter(there -> !there.occupants().isEmpty() && !there.isLocked())
                    .isEmpty();
        }
    }

    /** How many are in memory. */
    int count() {
        return slots.size();
    }

    /** Those that are there, at this moment. */
    List<RoomCard> cards() {
        return slots.values().stream().flatMap(slot -> slot.card.stream()).toList();
    }

    /** How many {@code user} owns of those that memory alone knows. */
    int owned(Jid user) {
        return (int) cards().stream()
                .filter(card -> card.locked() || !card.config().isPersistent())
                .filter(card -> card.owners().contains(user))
                .count();
    }

    List<Jid> inMemory() {
        return List.copyOf(slots.keySet());
    }

    /** Does {@code work} on the room, or on its empty place, while nobody else does. */
    <T> CompletionStage<T> inTurn(Jid jid, Function<Slot, CompletionStage<T>> work) {
        return inTurn(jid, Integer.MAX_VALUE, work);
    }

    /**
     * The same for what may be refused.
     *
     * @throws RejectedExecutionException if too much waits for the room already
     */
    <T> CompletionStage<T> inTurnUnlessFull(Jid jid, Function<Slot, CompletionStage<T>> work) {
        return inTurn(jid, config.queue(), work);
    }

    private <T> CompletionStage<T> inTurn(Jid jid, int most, Function<Slot, CompletionStage<T>> work) {
        Slot slot = slots.compute(jid, (key, known) -> admitted(key, known == null ? new Slot() : known, most));
        return context.lanes()
                .run(
                        jid,
                        () -> CompletableFuture.supplyAsync(() -> turn(jid, slot, work), context.workers())
                                .thenCompose(done -> done))
                .whenComplete((done, failure) -> release(jid, slot));
    }

    private static Slot admitted(Jid jid, Slot slot, int most) {
        if (slot.waiting >= most) {
            throw new RejectedExecutionException("%d stanzas wait for '%s'".formatted(slot.waiting, jid));
        }
        slot.waiting++;
        return slot;
    }

    private <T> CompletionStage<T> turn(Jid jid, Slot slot, Function<Slot, CompletionStage<T>> work) {
        slot.dismissed = false;
        return slot.loaded
                ? work.apply(slot)
                : store.find(jid)
                        .thenComposeAsync(
                                found -> {
                                    slot.loaded = true;
                                    slot.stored = found.isPresent();
                                    slot.room = found.map(kept -> RoomState.restored(kept, config));
                                    return work.apply(slot);
                                },
                                context.workers());
    }

    private void release(Jid jid, Slot done) {
        slots.computeIfPresent(jid, (key, slot) -> {
            slot.waiting--;
            return slot.waiting == 0 && (slot.room.isEmpty() || slot.dismissed) ? null : slot;
        });
    }

    // ---- keeping

    /** Brings the store to what the room is to be: changed, kept no longer, gone. */
    CompletionStage<Void> keep(Slot slot, Room room, boolean changed) {
        if (!room.isDestroyed() && room.config().isPersistent() && !room.isLocked()) {
            return changed || !slot.stored ? put(slot, room) : done();
        }
        return forget(slot, room);
    }

    private CompletionStage<Void> put(Slot slot, Room room) {
        return store.put(RoomState.of(room)).thenAccept(kept -> slot.stored = true);
    }

    private CompletionStage<Void> forget(Slot slot, Room room) {
        return slot.stored ? store.remove(room.jid()).thenAccept(gone -> slot.stored = false) : done();
    }

    static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    // ---- leaving memory

    /** Those that nobody has used for so long: empty ones, and ones that were never made. */
    List<Jid> stale() {
        return slots.entrySet().stream()
                .filter(entry -> isStale(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isStale(Slot slot) {
        return slot.isUnused
                && context.time().ticks() - slot.used >= config.idle().toNanos();
    }

    /** In the room's lane: what only memory knows goes to the store, and the room leaves memory when nothing waits for it. */
    CompletionStage<Void> dismiss(Slot slot) {
        return slot.room
                .map(room -> keep(slot, room, true).thenAccept(kept -> slot.dismissed = true))
                .orElse(done());
    }
}
