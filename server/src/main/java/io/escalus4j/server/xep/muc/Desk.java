package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.muc.Rooms.Slot;
import io.escalus4j.server.xep.muc.Says.Saying;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** Has a room deal with what came for it, keeps what must be kept, and then says what is to be said. Thread-safe. */
final class Desk {
    private final ServerContext context;
    private final MucConfig config;
    private final Rooms rooms;
    private final RoomMetrics metrics;
    private final Creating creating;
    private final Inquiry inquiry;
    private final Reception reception;
    private volatile boolean closed;

    Desk(ServerContext context, MucConfig config, Rooms rooms, RoomMetrics metrics, Extensions extensions) {
        this.context = context;
        this.config = config;
        this.rooms = rooms;
        this.metrics = metrics;
        var entering = new Entering(config, extensions.occupantIds());
        this.creating = new Creating(context, config, rooms, entering);
        this.inquiry = new Inquiry(context);
        this.reception = new Reception(new Reception.Parts(
                entering,
                new Speaking(context.archiveIds()),
                extensions.moderation(),
                new Administration(new Affiliating()),
                new Owning(new Configuring(config)),
                extensions.avatar(),
                new RoomInfo(() -> Stream.concat(
                                extensions.roomFeatures().stream(), context.modules().roomFeatures().stream())
                        .toList())));
    }

    CompletionStage<Void> take(Stanza stanza) {
        Jid jid = stanza.to().orElseThrow().bare();
        return inquiry.of(stanza)
                .thenCompose(arrival -> inTurn(jid, stanza, slot -> take(jid, slot, arrival)))
                .thenCompose(this::afterwards);
    }

    /** That somebody is gone is never too much: the room could not know it otherwise, and there are only so many sessions. */
    private CompletionStage<Says> inTurn(Jid jid, Stanza stanza, Function<Slot, CompletionStage<Says>> work) {
        boolean isFarewell = stanza instanceof Presence presence && presence.type() == Presence.Type.UNAVAILABLE;
        return isFarewell ? rooms.inTurn(jid, work) : rooms.inTurnUnlessFull(jid, work);
    }

    private CompletionStage<Says> take(Jid jid, Slot slot, Arrival arrival) {
        Stanza stanza = arrival.stanza();
        if (slot.room().isPresent()) {
            Room room = slot.room().get().draft(stanza);
            return settle(slot, room, reception.take(room, arrival));
        }
        return closed || !Creating.isWanted(stanza)
                ? tell(Strangers.take(stanza))
                : create(jid, slot, (Presence) stanza);
    }

    private CompletionStage<Says> create(Jid jid, Slot slot, Presence presence) {
        return creating.allowed(presence).thenCompose(error -> {
            var says = new Says();
            var room = error.isEmpty() ? creating.create(jid, presence, says) : Optional.<Room>empty();
            error.ifPresent(refusal -> says.refuse(presence, new Refused(refusal)));
            return room.map(made -> create(slot, made, says)).orElseGet(() -> tell(says));
        });
    }

    private CompletionStage<Says> create(Slot slot, Room room, Says says) {
        return context.modules()
                .run(Muc.CREATED, room.jid())
                .thenCompose(heard -> settle(slot, room, says))
                .thenApply(settled -> {
                    metrics.created();
                    return settled;
                });
    }

    // ---- what comes of it

    /**
     * In the room's lane: {@code room} is what its place has from now on, once all that must be kept is kept. If that fails,
     * nothing has happened, and nobody hears of anything.
     */
    private CompletionStage<Says> settle(Slot slot, Room room, Says says) {
        return rooms.keep(slot, room, says.isChanged())
                .thenCompose(kept -> heard(says).exceptionallyCompose(failure -> takenBack(slot, says, failure)))
                .thenCompose(heard -> {
                    slot.room(room);
                    slot.use(context.time().ticks());
                    return tell(says);
                })
                .thenCompose(told -> room.isDestroyed() ? destroyed(room).thenApply(done -> told) : done(told));
    }

    private static CompletionStage<Says> done(Says says) {
        return CompletableFuture.completedFuture(says);
    }

    /** The store gets back what it had, as far as it can: as long as the room is in memory that counts in any case. */
    private CompletionStage<Void> takenBack(Slot slot, Says says, Throwable failure) {
        CompletionStage<Void> failed = CompletableFuture.failedFuture(failure);
        return slot.room()
                .filter(room -> says.isChanged())
                .map(room -> rooms.keep(slot, room, true)
                        .handle((kept, again) -> kept)
                        .thenCompose(tried -> failed))
                .orElse(failed);
    }

    private CompletionStage<Void> destroyed(Room room) {
        metrics.destroyed();
        return context.modules().tell(Muc.DESTROYED, room.jid());
    }

    /** What was said other modules hear first: it is for nobody if they cannot keep it. */
    private CompletionStage<Void> heard(Says says) {
        CompletionStage<Void> heard = Rooms.done();
        for (Saying saying : says.sayings()) {
            if (saying.event().isPresent()) {
                heard = heard.thenCompose(before ->
                                context.modules().run(Muc.SAID, saying.event().get()))
                        .thenAccept(verdict -> metrics.said(saying.recipients().size()));
            }
        }
        return heard;
    }

    private CompletionStage<Says> tell(Says says) {
        CompletionStage<Void> told = Rooms.done();
        for (Saying saying : says.sayings()) {
            told = told.thenCompose(before -> context.router().toEach(saying.stanza(), saying.recipients()));
        }
        return told.thenApply(done -> says);
    }

    /** Out of the room's lane: nobody else waits for it. */
    private CompletionStage<Void> afterwards(Says says) {
        return says.asked().map(this::ask).orElse(Rooms.done());
    }

    private CompletionStage<Void> ask(RoomQuery query) {
        return context.modules().run(Muc.ASKED, query).thenCompose(verdict -> {
            var answer = verdict instanceof Verdict.Proceed<RoomQuery> on
                    ? on.context().answer()
                    : Optional.<Reply>empty();
            return context.router().answer(query.iq(), answer.orElseGet(() -> unknown(query)));
        });
    }

    private static Reply unknown(RoomQuery query) {
        return Reply.refused(
                Condition.SERVICE_UNAVAILABLE,
                "a room does not know '%s' in '%s'",
                query.iq().payload().name(),
                query.iq().payload().namespace());
    }

    // ---- what nobody has asked for

    /** Rooms that were never made go, and rooms that nobody uses leave memory. */
    void tidy() {
        rooms.stale().forEach(jid -> rooms.inTurn(jid, this::tidy));
    }

    private CompletionStage<Void> tidy(Slot slot) {
        if (!rooms.isStale(slot) || slot.room().isEmpty()) {
            return Rooms.done();
        }
        Room room = slot.room().get();
        if (!room.isLocked()) {
            return rooms.dismiss(slot);
        }
        var says = new Says();
        Leaving.destroy(room, Owning.destruction(), says);
        return settle(slot, room, says).thenAccept(told -> {});
    }

    /** Everybody in a room is told that the service ends (section 11.2), and what only memory knows is kept. */
    CompletionStage<Void> shutDown() {
        closed = true;
        var ended = rooms.inMemory().stream()
                .map(jid -> rooms.inTurn(jid, this::end).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ended);
    }

    private CompletionStage<Void> end(Slot slot) {
        if (slot.room().isEmpty()) {
            return Rooms.done();
        }
        var says = new Says();
        Room room = slot.room().get();
        room.occupants().all().forEach(occupant -> Presences.toSelf(room, occupant, Notice.GONE.code(332), says));
        room.occupants().all().forEach(room.occupants()::remove);
        return rooms.dismiss(slot).thenCompose(kept -> tell(says)).thenAccept(told -> {});
    }

    /** An account goes, and its affiliations with it, but no ban; who is left without an owner gets one, or is no more. */
    CompletionStage<Void> forget(Jid account) {
        return context.stores().mucRooms().of(account).thenCompose(kept -> {
            var all = new LinkedHashSet<>(kept);
            all.addAll(rooms.inMemory());
            CompletionStage<Void> forgotten = Rooms.done();
            for (Jid jid : all) {
                forgotten = forgotten.thenCompose(before -> rooms.inTurn(jid, slot -> forget(slot, account)));
            }
            return forgotten;
        });
    }

    private CompletionStage<Void> forget(Slot slot, Jid account) {
        if (slot.room()
                .filter(room -> room.affiliations().all().containsKey(account))
                .filter(room -> room.affiliations().of(account) != Affiliation.OUTCAST)
                .isEmpty()) {
            return Rooms.done();
        }
        Room room = slot.room().get().draft();
        var says = new Says();
        room.affiliations().put(account, Affiliated.as(Affiliation.NONE));
        says.change();
        if (room.affiliations().with(Affiliation.OWNER).isEmpty()) {
            inherit(room, says);
        }
        return settle(slot, room, says).thenAccept(told -> {});
    }

    /** The first of the administrators follows. */
    private static void inherit(Room room, Says says) {
        var heir = room.affiliations().with(Affiliation.ADMIN).stream().findFirst();
        heir.ifPresentOrElse(
                user -> Affiliating.promote(room, user, says), () -> Leaving.destroy(room, Owning.destruction(), says));
    }
}
