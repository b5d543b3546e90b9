package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;
import java.util.Optional;

/**
 * A room while it is in memory: what it is like, who is in it, what was said. Confined to the room's lane.
 *
 * <p>What may fail is done to a {@link #draft}, which takes the room's place when all of it is kept.
 */
final class Room {
    private final Jid jid;
    private final Affiliations affiliations;
    private final Occupants occupants;
    private final History history;
    private final Voices voices;
    private final Invitations invitations;
    private final Registration registration;
    private final PrivateRequests requests;
    private final Hats hats;
    private Optional<Element> vcard = Optional.empty();
    private RoomConfig config;
    private Subject subject = Subject.NONE;
    private boolean locked;
    private boolean destroyed;

    /** @param limits of all rooms of the service */
    Room(Jid jid, RoomConfig config, MucConfig limits) {
        this.jid = jid;
        this.config = config;
        this.affiliations = new Affiliations(limits.maxAffiliations());
        this.occupants = new Occupants();
        this.history = new History(limits.history());
        this.voices = new Voices();
        this.invitations = new Invitations();
        this.registration = new Registration();
        this.requests = new PrivateRequests();
        this.hats = new Hats();
    }

    /** @param whole whether with all of its own, or only with what a message to all changes: a big room hears many */
    private Room(Room room, boolean whole) {
        this.jid = room.jid;
        this.config = room.config;
        this.history = room.history.copy();
        this.affiliations = whole ? room.affiliations.copy() : room.affiliations;
        this.occupants = whole ? room.occupants.copy() : room.occupants;
        this.voices = whole ? room.voices.copy() : room.voices;
        this.invitations = whole ? room.invitations.copy() : room.invitations;
        this.registration = whole ? room.registration.copy() : room.registration;
        this.requests = room.requests; // which nobody keeps
        this.hats = whole ? room.hats.copy() : room.hats;
        this.vcard = room.vcard;
        this.subject = room.subject;
        this.locked = room.locked;
        this.destroyed = room.destroyed;
    }

    /** The room that this stanza is tried on: itself where nothing comes of it that a store could refuse to keep. */
    Room draft(Stanza stanza) {
        boolean isToRoom = stanza.to().filter(Jid::isBare).isPresent();
        if (isToRoom && stanza instanceof Message message) {
            return new Room(this, message.type() != Message.Type.GROUPCHAT);
        }
        return isToRoom && stanza instanceof Iq iq && iq.type() == Iq.Type.SET ? draft() : this;
    }

    Room draft() {
        return new Room(this, true);
    }

    Jid jid() {
        return jid;
    }

    RoomConfig config() {
        return config;
    }

    void config(RoomConfig other) {
        config = other;
    }

    Affiliations affiliations() {
        return affiliations;
    }

    Occupants occupants() {
        return occupants;
    }

    History history() {
        return history;
    }

    Voices voices() {
        return voices;
    }

    Invitations invitations() {
        return invitations;
    }

    Registration registration() {
        return registration;
    }

    PrivateRequests requests() {
        return requests;
    }

    Hats hats() {
        return hats;
    }

    /** What shows what the room looks like. */
    Optional<Element> vcard() {
        return vcard;
    }

    void vcard(Optional<Element> other) {
        vcard = other;
    }

    Subject subject() {
        return subject;
    }

    void subject(Subject other) {
        subject = other;
    }

    /** Whether its owner has not said yet what it shall be like (section 10.1.1): for all others it is not there. */
    boolean isLocked() {
        return locked;
    }

    void lock() {
        locked = true;
    }

    void unlock() {
        locked = false;
    }

    /** It is gone, and whoever asks for it next finds none. */
    boolean isDestroyed() {
        return destroyed;
    }

    void destroy() {
        destroyed = true;
    }

    Affiliation affiliation(Occupant occupant) {
        return affiliations.of(occupant.user());
    }

    /** Whether who has this role sees everybody's real JID. */
    boolean showsJidsTo(Role role) {
        return config.isNonAnonymous() || role == Role.MODERATOR;
    }

    /** What somebody is who enters now. */
    Role roleOnEntering(Jid user) {
        Role initial = config.initialRole(affiliations.of(user));
        Optional<Role> before = voices.of(user).filter(role -> config.isModerated() && initial != Role.MODERATOR);
        return before.orElse(initial);
    }
}
