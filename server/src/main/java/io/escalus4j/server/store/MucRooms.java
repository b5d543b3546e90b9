package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The persistent rooms of multi-user chat. Every change is atomic. Who is forgotten has no affiliation any more, and the rooms
 * that nobody else owns are gone; but an outcast remains one: who could lift a ban by giving up an account would not be banned.
 * Thread-safe.
 */
public interface MucRooms extends OwnedData {
    /** A room as a list has it. */
    record Listed(Jid jid, String name) {}

    CompletionStage<Optional<MucRoom>> find(Jid room);

    /** Keeps the room as it is now, in the place of what it was. */
    CompletionStage<Void> put(MucRoom room);

    /** Forgets the room, if it is there, with all that it has. */
    CompletionStage<Void> remove(Jid room);

    /** Those that lists of rooms have, by their JIDs. */
    CompletionStage<List<Listed>> listed();

    /** How many there are, listed or not. */
    CompletionStage<Integer> count();

    /** The rooms that {@code user} has an affiliation with, by their JIDs. */
    CompletionStage<List<Jid>> of(Jid user);
}
