package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.xep.mam.StanzaIds;
import io.escalus4j.server.xep.muclight.Notice.Cause;
import io.escalus4j.server.xep.muclight.Outcome.Changed;
import io.escalus4j.server.xep.muclight.Outcome.Refused;
import io.escalus4j.server.xep.muclight.Outcome.Told;
import io.escalus4j.server.xep.muclight.RoomRequest.Create;
import io.escalus4j.server.xep.muclight.RoomRequest.Malformed;
import io.escalus4j.server.xep.muclight.RoomRequest.Read;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Carries out what {@link RoomRules} decide: keeps the room, tells the occupants, and then answers. Thread-safe. */
final class RoomChanges {
    /** Another server may be changing the same room. */
    private static final int TRIES = 5;

    private final Router router;
    private final LightRooms store;
    private final Rooms rooms;
    private final Blocking blocking;
    private final MucLightConfig config;
    private final Language language;
    private final RoomRules rules;
    private final RoomMetrics metrics;
    private final RoomArchive archive;

    RoomChanges(
            Router router,
            LightRooms store,
            Rooms rooms,
            Blocking blocking,
            MucLightConfig config,
            Language language,
            RoomMetrics metrics,
            RoomArchive archive) {
        this.router = router;
        this.store = store;
        this.rooms = rooms;
        this.blocking = blocking;
        this.config = config;
        this.language = language;
        this.rules = new RoomRules(config, config.schema());
        this.metrics = metrics;
        this.archive = archive;
    }

    /** What is asked of one room. */
    private record Asked(Jid room, Cause cause, RoomRequest request) {
        Jid user() {
            return cause.user();
        }
    }

    Reply answer(Iq iq) {
        Jid room = iq.to().orElseThrow();
        var request = language.read(iq);
        var cause = cause(iq);
        if (request instanceof Create create) {
            return Reply.later(create(room, Optional.of(room), cause, create));
        }
        var asked = new Asked(room, cause, request);
        return Reply.later(request instanceof Read ? look(asked, iq.payload()) : change(asked));
    }

    private static Cause cause(Iq iq) {
        return new Cause(iq.from().bare(), iq.id().orElseThrow());
    }

    /** What is asked by other means than a request. */
    CompletionStage<Reply> change(Jid room, Cause cause, RoomRequest request) {
        return request instanceof Create create
                ? create(room, Optional.of(room), cause, create)
                : change(new Asked(room, cause, request));
    }

    private CompletionStage<Reply> look(Asked asked, Element query) {
        return rooms.find(asked.room())
                .thenApply(found -> decide(found, asked, Set.of()))
                .thenApply(outcome ->
                        outcome instanceof Told told ? Reply.result(language.answer(told, query)) : reply(outcome));
    }

    private CompletionStage<Reply> change(Asked asked) {
        return rooms.inTurn(asked.room(), found -> change(found, asked, TRIES));
    }

    private CompletionStage<Reply> change(Optional<LightRoom> found, Asked asked, int tries) {
        var joining =
                found.map(room -> RoomRules.joining(room, asked.request())).orElse(Set.of());
        return unwilling(asked.user(), Optional.of(asked.room()), joining)
                .thenApply(unwilling -> decide(found, asked, unwilling))
                .thenCompose(outcome -> outcome instanceof Changed changed
                        ? apply(found.orElseThrow(), changed, asked, tries)
                        : CompletableFuture.completedFuture(reply(outcome)));
    }

    private Outcome decide(Optional<LightRoom> found, Asked asked, Set<Jid> unwilling) {
        if (asked.request() instanceof Malformed malformed) {
            return new Refused(malformed.error());
        }
        return found.map(room -> rules.decide(room, asked.user(), asked.request(), unwilling, nextVersion()))
                .orElseGet(() -> RoomRules.outsider(asked.room()));
    }

    private CompletionStage<Reply> apply(LightRoom before, Changed changed, Asked asked, int tries) {
        return done(before, changed, asked.cause()).thenCompose(done -> {
            if (!done) {
                return again(asked, tries - 1);
            }
            metrics.changed(asked.request().getClass().getSimpleName().toLowerCase(Locale.ROOT));
            return CompletableFuture.completedFuture(Reply.done());
        });
    }

    /**
     * Archives the change, then makes it, then tells it: what cannot be archived is not done. An event of the archive that
     * nothing has come of, because the store was away in between, is the lesser evil beside a change that nobody hears of;
     * occupants know by the versions what has happened. Tells whether the room was still as it was.
     */
    private CompletionStage<Boolean> done(LightRoom before, Changed changed, Cause cause) {
        return archived(changed, cause.id())
                .thenCompose(name -> rooms.replace(before, changed.after())
                        .thenCompose(replaced -> replaced
                                ? tell(changed, cause, name).thenApply(told -> true)
                                : CompletableFuture.completedFuture(false)));
    }

    private CompletionStage<Reply> again(Asked asked, int tries) {
        return tries == 0
                ? CompletableFuture.completedFuture(
                        Reply.refused(Condition.RESOURCE_CONSTRAINT, "too many change this room at once, try later"))
                : store.find(asked.room()).thenCompose(found -> change(found, asked, tries));
    }

    private static Reply reply(Outcome outcome) {
        return outcome instanceof Refused refused ? Reply.refused(refused.error()) : Reply.done();
    }

    /** What the archive calls the change; of a room that nobody is in nothing is kept. */
    private CompletionStage<List<Element>> archived(Changed changed, String id) {
        Jid room = changed.after().jid();
        return changed.event()
                .filter(event -> !changed.after().isDeserted())
                .map(event -> archive.keep(room, room, RoomXml.notice(room, id, List.of(event)))
                        .thenApply(kept -> kept.element().elements("stanza-id", StanzaIds.NS)))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    /**
     * One after the other and each in the order of the changes: an occupant's versions follow each other.
     *
     * @param name what the archive calls the change, which is for those who may read it
     */
    private CompletionStage<Void> tell(Changed changed, Cause cause, List<Element> name) {
        Jid room = changed.after().jid();
        CompletionStage<Void> told = CompletableFuture.completedFuture(null);
        for (Map.Entry<Jid, Notice> notice : changed.notices().entrySet()) {
            for (Stanza stanza : language.tell(room, notice.getValue(), cause, name)) {
                told = told.thenCompose(before -> tell(stanza, notice.getKey()));
            }
        }
        return changed.after().isDeserted() ? told.thenCompose(all -> archive.forget(room)) : told;
    }

    /** What is said to all in a room goes to all devices; else the rules of any presence and message hold. */
    private CompletionStage<Void> tell(Stanza stanza, Jid occupant) {
        return stanza instanceof Message message && message.type() == Message.Type.GROUPCHAT
                ? router.fanOut(message, List.of(occupant))
                : router.toEach(stanza, List.of(occupant));
    }

    private static String nextVersion() {
        return UUID.randomUUID().toString();
    }

    /** Those who have said so, and those who are in as many rooms as they may be. */
    private CompletionStage<Set<Jid>> unwilling(Jid requester, Optional<Jid> room, Collection<Jid> joining) {
        if (joining.isEmpty()) {
            return CompletableFuture.completedFuture(Set.of());
        }
        return blocking.unwilling(requester, room, joining)
                .thenCombine(store.inAtLeast(config.roomsPerUser(), joining), (denying, full) -> {
                    var all = new HashSet<>(denying);
                    all.addAll(full);
                    return all;
                });
    }

    // ---- creation

    /** The server finds the name; only the notices tell it. */
    Reply createAnywhere(Iq iq) {
        Jid room = Jid.of(UUID.randomUUID().toString(), iq.to().orElseThrow().domain());
        var request = language.read(iq);
        return request instanceof Create create
                ? Reply.later(create(room, Optional.empty(), cause(iq), create))
                : reply(new Refused(((Malformed) request).error()));
    }

    /** @param named the room's address where the creator has chosen it: nobody can have blocked another */
    private CompletionStage<Reply> create(Jid room, Optional<Jid> named, Cause cause, Create create) {
        Jid creator = cause.user();
        return rooms.inTurn(
                room,
                found -> found.isPresent()
                        ? CompletableFuture.completedFuture(reply(RoomRules.exists(room)))
                        : store.inAtLeast(config.roomsPerUser(), Set.of(creator))
                                .thenCompose(full -> full.isEmpty()
                                        ? createWith(room, named, cause, create)
                                        : CompletableFuture.completedFuture(Reply.refused(
                                                Condition.BAD_REQUEST,
                                                "at most %d rooms are allowed",
                                                config.roomsPerUser()))));
    }

    private CompletionStage<Reply> createWith(Jid room, Optional<Jid> named, Cause cause, Create create) {
        Jid creator = cause.user();
        return unwilling(creator, named, create.occupants().keySet())
                .thenApply(unwilling -> rules.create(room, creator, create, unwilling, nextVersion()))
                .thenCompose(outcome -> outcome instanceof Changed changed
                        ? keep(changed, cause)
                        : CompletableFuture.completedFuture(reply(outcome)));
    }

    private CompletionStage<Reply> keep(Changed changed, Cause cause) {
        return rooms.create(changed.after()).thenCompose(created -> {
            if (!created) {
                return CompletableFuture.completedFuture(
                        reply(RoomRules.exists(changed.after().jid())));
            }
            return archive.empty(changed.after().jid())
                    .thenCompose(forgotten -> archived(changed, cause.id()))
                    .exceptionallyCompose(failure -> undone(changed.after(), failure))
                    .thenCompose(name -> tell(changed, cause, name))
                    .thenApply(told -> {
                        metrics.changed("create");
                        return Reply.done();
                    });
        });
    }

    /** Nobody knows of the room yet. */
    private <T> CompletionStage<T> undone(LightRoom created, Throwable failure) {
        return rooms.replace(created, created.withOccupants(Map.of(), created.version()))
                .handle((gone, again) -> failure)
                .thenCompose(CompletableFuture::failedFuture);
    }

    // ---- an account goes

    /** Leaves every room, even as its last owner. */
    CompletionStage<Void> leaveAll(Jid user) {
        return store.of(user).thenCompose(listed -> {
            CompletionStage<Void> left = CompletableFuture.completedFuture(null);
            for (var room : new ArrayList<>(listed)) {
                left = left.thenCompose(before -> leave(room.jid(), user, TRIES));
            }
            return left;
        });
    }

    /** Who goes cannot come back to try once more. */
    private CompletionStage<Void> leave(Jid room, Jid user, int tries) {
        return rooms.inTurn(room, found -> left(found, user)).thenCompose(left -> {
            if (left || tries == 1) {
                return CompletableFuture.completedFuture(null);
            }
            return leave(room, user, tries - 1);
        });
    }

    private CompletionStage<Boolean> left(Optional<LightRoom> found, Jid user) {
        return found.map(room -> rules.removed(room, user, nextVersion()))
                .filter(Changed.class::isInstance)
                .map(outcome -> done(found.orElseThrow(), (Changed) outcome, new Cause(user, nextVersion())))
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    /** Whatever has become of that: nothing is kept of the account any more. */
    void forget(Jid user) {
        rooms.forget(user);
    }
}
