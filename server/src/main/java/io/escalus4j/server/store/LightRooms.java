package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The rooms of MUC Light, and who does not want to be added to which. Every change is atomic. Thread-safe. */
public interface LightRooms extends OwnedData {
    /** A room as one who is in it has it in a list. */
    record Listed(Jid jid, Map<String, String> configuration, String version) {}

    /** Whom somebody does not let add them, or to which room. */
    record Denial(Kind kind, Jid jid) {
        public enum Kind {
            ROOM,
            USER
        }
    }

    CompletionStage<Optional<LightRoom>> find(Jid room);

    /** Tells whether it did: not if there is a room of this address. */
    CompletionStage<Boolean> create(LightRoom room);

    /** Puts {@code after} in the place of {@code before}, or nothing if everybody has left it; tells whether {@code before} was still there. */
    CompletionStage<Boolean> replace(LightRoom before, LightRoom after);

    /** The rooms that {@code user} is in, by their JIDs. */
    CompletionStage<List<Listed>> of(Jid user);

    /** Those of {@code users} who are in {@code rooms} rooms or more. */
    CompletionStage<Set<Jid>> inAtLeast(int rooms, Collection<Jid> users);

    CompletionStage<Set<Denial>> denials(Jid user);

    /** Returns what is denied then. */
    CompletionStage<Set<Denial>> updateDenials(Jid user, UnaryOperator<Set<Denial>> change);

    /** Those of {@code users} who deny any of {@code these}. */
    CompletionStage<Set<Jid>> denying(Set<Denial> these, Collection<Jid> users);
}
