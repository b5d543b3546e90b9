package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import java.util.Map;
import java.util.Optional;

/** What one occupant is told of a change, in whatever {@link Language}. */
sealed interface Notice {
    /** To all: these fields are set. */
    record Configured(LightRoom before, LightRoom after, Map<String, String> fields) implements Notice {}

    /** To those who have stayed: all changes, and the step from one version to the next. */
    record Affiliated(LightRoom before, LightRoom after, Map<Jid, Optional<Affiliation>> changes) implements Notice {}

    /** To one who is in the room from its beginning. */
    record Created(LightRoom room, Jid user) implements Notice {}

    /** To one who has just joined. */
    record Joined(LightRoom room, Jid user) implements Notice {}

    /** To one who is not in the room any more, and thus is told nothing of it. */
    record Left(Jid user) implements Notice {}

    /** To one whose room is no more. */
    record Destroyed(Jid user) implements Notice {}

    /**
     * Who has caused a change, and how that was asked for.
     *
     * @param id of the request, which all that comes of it has
     */
    record Cause(Jid user, String id) {}
}
