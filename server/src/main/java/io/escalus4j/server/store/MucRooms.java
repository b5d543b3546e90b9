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

    /**
     * A part of the list of rooms.
     *
     * @param index how many stand before them
     * @param count how many there are
     */
    record Page(List<Listed> rooms, int index, int count) {}

    /** Where in the list of rooms, which is in the order of their JIDs, a page is. */
    sealed interface Place {
        record From(int index) implements Place {}

        record After(Jid room) implements Place {}

        record Before(Jid room) implements Place {}

        record AtEnd() implements Place {}
    }

    /** What rooms are looked for by: all the words, in lower case, each in the name, in the description or in the address. */
    record Words(List<String> words, boolean inName, boolean inDescription, boolean inAddress) {}

    CompletionStage<Optional<MucRoom>> find(Jid room);

    /** Keeps the room as it is now, in the place of what it was. */
    CompletionStage<Void> put(MucRoom room);

    /** Forgets the room, if it is there, with all that it has. */
    CompletionStage<Void> remove(Jid room);

    /** At most {@code most} of those that lists of rooms have; empty if the list does not have the room that is named. */
    CompletionStage<Optional<Page>> listed(Place place, int most);

    /** The same, of those that have the words. */
    CompletionStage<List<Listed>> matching(Words words, int most);

    /** How many there are, listed or not. */
    CompletionStage<Integer> count();

    /** How many rooms {@code user} owns. */
    CompletionStage<Integer> owned(Jid user);

    /** The rooms that {@code user} has an affiliation with, by their JIDs. */
    CompletionStage<List<Jid>> of(Jid user);
}
