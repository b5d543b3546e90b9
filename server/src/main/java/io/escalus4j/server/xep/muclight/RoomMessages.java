package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.route.Router;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Takes what an occupant says to all occupants, the speaker among them (MUC Light section 4.1). Thread-safe. */
final class RoomMessages {
    private final Router router;
    private final Rooms rooms;
    private final RoomMetrics metrics;
    private final RoomArchive archive;

    RoomMessages(Router router, Rooms rooms, RoomMetrics metrics, RoomArchive archive) {
        this.router = router;
        this.rooms = rooms;
        this.metrics = metrics;
        this.archive = archive;
    }

    CompletionStage<Void> take(Message message) {
        Jid to = message.to().orElseThrow();
        if (message.type() != Message.Type.GROUPCHAT || !to.isBare() || to.isDomain()) {
            return router.refuse(
                    message,
                    StanzaError.of(
                            Condition.BAD_REQUEST,
                            "a message of type '%s' to '%s', allowed is groupchat to a room",
                            message.type().wire(),
                            to));
        }
        return rooms.find(to)
                .thenCompose(found -> found.filter(
                                room -> room.affiliation(message.from().bare()).isPresent())
                        .map(room -> say(room, message))
                        .orElseGet(() -> router.refuse(message, ((Outcome.Refused) RoomRules.outsider(to)).error())));
    }

    private CompletionStage<Void> say(LightRoom room, Message message) {
        var said = RoomXml.said(
                room.jid(),
                message,
                message.id().orElseGet(() -> UUID.randomUUID().toString()));
        metrics.said(room);
        return archive.keep(room.jid(), message.from().bare(), said)
                .thenCompose(kept -> router.fanOut(kept, room.occupants().keySet()))
                .exceptionallyCompose(failure -> router.failed(message, failure));
    }
}
