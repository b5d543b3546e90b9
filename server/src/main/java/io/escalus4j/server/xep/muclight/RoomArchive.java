package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xep.mam.RoomArchives;
import io.escalus4j.server.xep.mam.RoomArchives.Access;
import io.escalus4j.server.xep.mam.RoomArchives.Asked;
import io.escalus4j.server.xep.mam.RoomArchives.Said;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What rooms have to do with archives (XEP-0313), if there are any: what is kept, and who may read it. Thread-safe. */
final class RoomArchive {
    private final Modules modules;
    private final Rooms rooms;

    RoomArchive(Modules modules, Rooms rooms) {
        this.modules = modules;
        this.rooms = rooms;
    }

    /** The message as the occupants get it. */
    CompletionStage<Message> keep(Jid room, Jid author, Message message) {
        return modules.run(RoomArchives.SAID, new Said(room, author, message))
                .thenApply(verdict -> verdict instanceof Verdict.Proceed<Said> on
                        ? on.context().message()
                        : message);
    }

    /** There is nothing in the archive of a room of this name: what was said in another is nobody's business. */
    CompletionStage<Void> empty(Jid room) {
        return modules.run(RoomArchives.FORGET, room).thenAccept(done -> {});
    }

    /** The room is gone, come what may. */
    CompletionStage<Void> forget(Jid room) {
        return modules.tell(RoomArchives.FORGET, room);
    }

    /** Occupants read, owners say what is kept; nobody else learns whether there is such a room. */
    Reply answer(Iq iq) {
        Jid room = iq.to().orElseThrow();
        return Reply.later(rooms.find(room)
                .thenApply(found -> Asked.of(iq, access(found, iq.from().bare()), Condition.NOT_ALLOWED)
                        .calling(jid -> seat(room, jid)))
                .thenCompose(asked -> modules.run(RoomArchives.ASKED, asked))
                .thenApply(RoomArchive::reply));
    }

    /** An occupant may be asked for by the account, too. */
    private static Jid seat(Jid room, Jid jid) {
        return jid.bare().equals(room) ? jid : room.withResource(jid.bare().toString());
    }

    private static Access access(Optional<LightRoom> found, Jid user) {
        return found.flatMap(room ->
                        room.affiliation(user).map(affiliation -> room.isOwner(user) ? Access.MANAGE : Access.READ))
                .orElse(Access.NONE);
    }

    private static Reply reply(Verdict<Asked> verdict) {
        var answer = verdict instanceof Verdict.Proceed<Asked> on ? on.context().reply() : Optional.<Reply>empty();
        return answer.orElseGet(() -> Reply.refused(Condition.FEATURE_NOT_IMPLEMENTED, "rooms have no archives here"));
    }
}
