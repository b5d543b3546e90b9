package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A contact as its owner's server knows it (RFC 6121 section 2.1.2, appendix A).
 *
 * @param contact a bare JID
 * @param listed whether it is in the roster that the owner sees; an item with just an inbound request is not
 * @param pendingOut the owner has asked and not been answered: {@code ask='subscribe'}
 * @param pendingIn the contact has asked and not been answered: the whole request, to be shown at each login
 */
public record RosterItem(
        Jid contact,
        boolean listed,
        Optional<String> name,
        Set<String> groups,
        Subscription subscription,
        boolean pendingOut,
        Optional<Element> pendingIn,
        boolean preApproved) {

    /** Who sees whose presence. */
    public enum Subscription {
        NONE,
        TO,
        FROM,
        BOTH;

        /** The owner sees the contact's presence. */
        public boolean to() {
            return this == TO || this == BOTH;
        }

        /** The contact sees the owner's presence. */
        public boolean from() {
            return this == FROM || this == BOTH;
        }

        public Subscription withTo(boolean to) {
            return of(to, from());
        }

        public Subscription withFrom(boolean from) {
            return of(to(), from);
        }

        public static Subscription of(boolean to, boolean from) {
            return to ? from ? BOTH : TO : from ? FROM : NONE;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RosterItem {
        groups = Set.copyOf(groups);
    }

    public static RosterItem unknown(Jid contact) {
        return new RosterItem(
                contact, false, Optional.empty(), Set.of(), Subscription.NONE, false, Optional.empty(), false);
    }

    /** Whether nothing is known about the contact, so that nothing is to be kept. */
    public boolean isUnknown() {
        return equals(unknown(contact));
    }

    /** With what the owner has said about the contact: it is in the roster now. */
    public RosterItem described(Optional<String> called, Set<String> in) {
        return new RosterItem(contact, true, called, in, subscription, pendingOut, pendingIn, preApproved);
    }

    public RosterItem inRoster() {
        return described(name, groups);
    }

    public RosterItem with(Subscription changed) {
        return new RosterItem(contact, listed, name, groups, changed, pendingOut, pendingIn, preApproved);
    }

    public RosterItem withPendingOut(boolean pending) {
        return new RosterItem(contact, listed, name, groups, subscription, pending, pendingIn, preApproved);
    }

    public RosterItem withPendingIn(Optional<Element> request) {
        return new RosterItem(contact, listed, name, groups, subscription, pendingOut, request, preApproved);
    }

    public RosterItem withPreApproved(boolean approved) {
        return new RosterItem(contact, listed, name, groups, subscription, pendingOut, pendingIn, approved);
    }
}
