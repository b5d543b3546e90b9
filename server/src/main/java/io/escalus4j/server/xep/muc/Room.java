package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;

/** A room while it is in memory: what it is like, who is in it, what was said. Confined to the room's lane. */
final class Room {
    private final Jid jid;
    private final Affiliations affiliations;
    private final Occupants occupants = new Occupants();
    private final History history;
    private final Voices voices = new Voices();
    private final Invitations invitations = new Invitations();
    private final Registration registration = new Registration();
    private final PrivateRequests requests = new PrivateRequests();
    private final Hats hats = new Hats();
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
        this.history = new History(limits.history());
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
