package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import java.util.Map;
import java.util.Optional;

/** What somebody asks of a room, as {@link RoomRequests} has read it. */
sealed interface RoomRequest {
    /** @param occupants the initial ones beside the creator, in the order of the request */
    record Create(Map<String, String> configuration, Map<Jid, Affiliation> occupants) implements RoomRequest {}

    /** @param version that the client has, empty if none */
    record Read(Section section, String version) implements RoomRequest {}

    record Configure(Map<String, String> fields) implements RoomRequest {}

    /** @param changes in the order of the request; an empty affiliation removes */
    record Affiliate(Map<Jid, Optional<Affiliation>> changes) implements RoomRequest {}

    record Destroy() implements RoomRequest {}

    /** It breaks a rule of the protocol, whoever sends it to whatever room. */
    record Malformed(StanzaError error) implements RoomRequest {}

    /** The parts of a room that can be read. */
    enum Section {
        CONFIGURATION,
        AFFILIATIONS,
        INFO
    }
}
