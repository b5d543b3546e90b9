package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.module.Reply;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xep.muclight.Notice.Cause;
import io.escalus4j.server.xep.muclight.RoomRequest.Create;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What clients of XEP-0045 ask by other means than a request: presence makes a room, and a message sets its subject.
 * Thread-safe.
 */
final class LegacyService {
    private final Router router;
    private final Rooms rooms;
    private final RoomChanges changes;
    private final LegacyRequests requests;

    LegacyService(Router router, Rooms rooms, RoomChanges changes, MucLightConfig config) {
        this.router = router;
        this.rooms = rooms;
        this.changes = changes;
        this.requests = new LegacyRequests(config.schema());
    }

    /** Empty if it is none of these. */
    Optional<CompletionStage<Void>> take(Stanza stanza) {
        if (stanza instanceof Presence presence) {
            return LegacyRequests.isCreation(presence) ? Optional.of(create(presence)) : Optional.empty();
        }
        return stanza instanceof Message message
                        && !message.to().orElseThrow().isDomain()
                        && message.to().orElseThrow().isBare()
                ? requests.subject(message).map(request -> set(message, request))
                : Optional.empty();
    }

    private CompletionStage<Void> set(Message message, RoomRequest request) {
        return changes.change(message.to().orElseThrow(), cause(message), request)
                .thenCompose(reply -> reply instanceof Reply.Refused refused
                        ? router.refuse(message, refused.error())
                        : CompletableFuture.completedFuture(null))
                .exceptionallyCompose(failure -> router.failed(message, failure));
    }

    private static Cause cause(Stanza stanza) {
        return new Cause(
                stanza.from().bare(),
                stanza.id().orElseGet(() -> UUID.randomUUID().toString()));
    }

    private CompletionStage<Void> create(Presence presence) {
        Jid room = presence.to().orElseThrow().bare();
        return changes.change(room, cause(presence), new Create(Map.of(), Map.of()))
                .thenCompose(reply -> reply instanceof Reply.Refused refused
                        ? refuse(presence, refused.error())
                        : rooms.find(room).thenCompose(made -> welcome(presence, made)))
                .exceptionallyCompose(failure -> router.failed(presence, failure));
    }

    private CompletionStage<Void> welcome(Presence presence, Optional<LightRoom> made) {
        return made.map(room -> router.toEach(
                        Legacy.created(room, presence.from().bare(), presence.id()), List.of(presence.from())))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** A room that is there already is for its members, whoever asks. */
    private CompletionStage<Void> refuse(Presence presence, StanzaError error) {
        boolean exists = error.condition() == Condition.CONFLICT;
        return router.refuse(
                presence,
                exists
                        ? StanzaError.of(Condition.REGISTRATION_REQUIRED, "who belongs to a room its owner says")
                        : error);
    }
}
