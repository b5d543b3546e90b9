package io.escalus4j.server.xep.muclight;

import static io.escalus4j.server.store.LightRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.LightRoom.Affiliation.OWNER;

import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Works out who owns a room once some changes have been made: what was asked for, and what follows from it. Pure.
 *
 * <ol>
 *   <li>Where a room has one owner, a new owner makes a member of the former one.
 *   <li>Where the last owner goes, somebody follows: the first member whom the request does not name, by JID; else the first who
 *       has just joined; else an owner who wanted to be a member remains what he is.
 * </ol>
 */
final class Succession {
    private final LightRoom before;
    private final Map<Jid, Optional<Affiliation>> changes;
    private final Map<Jid, Affiliation> occupants;

    /** @param requested what was asked for, of which nothing is as it is already */
    Succession(LightRoom before, Map<Jid, Optional<Affiliation>> requested) {
        this.before = before;
        this.changes = new LinkedHashMap<>(requested);
        this.occupants = new LinkedHashMap<>(before.occupants());
        requested.forEach(this::apply);
    }

    private void apply(Jid user, Optional<Affiliation> affiliation) {
        affiliation.ifPresentOrElse(given -> occupants.put(user, given), () -> occupants.remove(user));
    }

    private void derive(Jid user, Affiliation affiliation) {
        occupants.put(user, affiliation);
        changes.put(user, Optional.of(affiliation));
    }

    /** How many become owners who were none. */
    long newOwners() {
        return changes.entrySet().stream()
                .filter(change -> change.getValue().equals(Optional.of(OWNER)) && !before.isOwner(change.getKey()))
                .count();
    }

    /** The former owners make room for the new one. */
    void demoteFormerOwners() {
        before.occupants().keySet().stream()
                .filter(user -> before.isOwner(user) && occupants.get(user) == OWNER)
                .forEach(user -> derive(user, MEMBER));
    }

    boolean needsOwner() {
        return before.hasOwner() && !occupants.isEmpty() && !occupants.containsValue(OWNER);
    }

    void promote() {
        firstUntouched().or(this::firstJoined).ifPresentOrElse(heir -> derive(heir, OWNER), this::restoreOwner);
    }

    private Optional<Jid> firstUntouched() {
        return before.occupants().keySet().stream()
                .filter(user -> !changes.containsKey(user))
                .findFirst();
    }

    private Optional<Jid> firstJoined() {
        return changes.keySet().stream()
                .filter(user -> before.affiliation(user).isEmpty() && occupants.containsKey(user))
                .findFirst();
    }

    /** Only owners are left who would have become members: the first of them stays, and that is no change. */
    private void restoreOwner() {
        Jid owner = before.occupants().keySet().stream()
                .filter(user -> before.isOwner(user) && occupants.containsKey(user))
                .findFirst()
                .orElseThrow();
        occupants.put(owner, OWNER);
        changes.remove(owner);
    }

    Map<Jid, Affiliation> occupants() {
        return occupants;
    }

    /** All that is different: what was requested, and behind it what follows. */
    Map<Jid, Optional<Affiliation>> changes() {
        return changes;
    }
}
