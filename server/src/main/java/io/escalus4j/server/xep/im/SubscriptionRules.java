package io.escalus4j.server.xep.im;

import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Presence;
import java.util.Optional;

/**
 * What a subscription stanza does to the roster item of the one whom it concerns, and where it goes: the tables of RFC
 * 6121 appendix A with pre-approval (section 3.4). Pure.
 *
 * <p>An item that its owner has not put into the roster counts as the state "None", or "None + Pending In".
 */
final class SubscriptionRules {
    private SubscriptionRules() {}

    /** What becomes of the item. */
    sealed interface Decision {
        RosterItem before();

        RosterItem after();

        /** The contact can see the owner from now on. */
        default boolean beginsView() {
            return !before().subscription().from() && after().subscription().from();
        }

        /** The contact cannot see the owner any more. */
        default boolean endsView() {
            return before().subscription().from() && !after().subscription().from();
        }
    }

    /** @param route whether the stanza goes on to the contact */
    record Outbound(RosterItem before, RosterItem after, boolean route) implements Decision {}

    /**
     * @param deliver whether the owner's resources get the stanza
     * @param reply what the server answers on the owner's behalf
     */
    record Inbound(RosterItem before, RosterItem after, boolean deliver, Optional<Presence.Type> reply)
            implements Decision {
        /** A request begins to wait for the owner's answer. */
        boolean waits() {
            return before.pendingIn().isEmpty() && after.pendingIn().isPresent();
        }
    }

    /** The owner of {@code item} sends this to the contact (section A.2). */
    static Outbound outbound(RosterItem item, Presence.Type type) {
        return switch (type) {
            case SUBSCRIBE -> new Outbound(item, asking(item.inRoster()), true);
            case UNSUBSCRIBE -> new Outbound(item, withoutTo(item), true);
            case SUBSCRIBED -> approval(item);
            case UNSUBSCRIBED -> cancellation(item);
            default -> throw notASubscription(type);
        };
    }

    private static RosterItem asking(RosterItem item) {
        return item.subscription().to() ? item : item.withPendingOut(true);
    }

    private static Outbound approval(RosterItem item) {
        if (item.pendingIn().isPresent()) {
            return new Outbound(item, withFrom(item.inRoster()), true);
        }
        return new Outbound(
                item, item.subscription().from() ? item : item.inRoster().withPreApproved(true), false);
    }

    private static Outbound cancellation(RosterItem item) {
        boolean concernsContact = item.subscription().from() || item.pendingIn().isPresent();
        return new Outbound(item, withoutFrom(item).withPreApproved(false), concernsContact);
    }

    /** The owner of {@code item} gets this from the contact (section A.3). */
    static Inbound inbound(RosterItem item, Presence stanza) {
        return switch (stanza.type()) {
            case SUBSCRIBE -> request(item, stanza);
            case UNSUBSCRIBE -> unsubscription(item);
            case SUBSCRIBED ->
                item.pendingOut()
                        ? delivered(
                                item,
                                item.with(item.subscription().withTo(true)).withPendingOut(false))
                        : ignored(item);
            case UNSUBSCRIBED ->
                item.pendingOut() || item.subscription().to() ? delivered(item, withoutTo(item)) : ignored(item);
            default -> throw notASubscription(stanza.type());
        };
    }

    private static Inbound request(RosterItem item, Presence stanza) {
        if (item.subscription().from()) {
            return new Inbound(item, item, false, Optional.of(Presence.Type.SUBSCRIBED));
        }
        if (item.preApproved()) {
            return new Inbound(item, withFrom(item), false, Optional.of(Presence.Type.SUBSCRIBED));
        }
        return item.pendingIn().isPresent()
                ? ignored(item)
                : delivered(item, item.withPendingIn(Optional.of(stanza.element())));
    }

    /** The request of somebody whom the owner has never added is just forgotten (section 3.3.3). */
    private static Inbound unsubscription(RosterItem item) {
        RosterItem after = withoutFrom(item);
        return after.equals(item) || !item.listed()
                ? new Inbound(item, after, false, Optional.empty())
                : new Inbound(item, after, true, Optional.of(Presence.Type.UNSUBSCRIBED));
    }

    private static Inbound ignored(RosterItem item) {
        return new Inbound(item, item, false, Optional.empty());
    }

    private static Inbound delivered(RosterItem before, RosterItem after) {
        return new Inbound(before, after, true, Optional.empty());
    }

    private static RosterItem withFrom(RosterItem item) {
        return item.with(item.subscription().withFrom(true)).withPendingIn(Optional.empty());
    }

    private static RosterItem withoutFrom(RosterItem item) {
        return item.with(item.subscription().withFrom(false)).withPendingIn(Optional.empty());
    }

    private static RosterItem withoutTo(RosterItem item) {
        return item.with(item.subscription().withTo(false)).withPendingOut(false);
    }

    private static IllegalArgumentException notASubscription(Presence.Type type) {
        return new IllegalArgumentException(
                "presence of type '%s' manages no subscription (RFC 6121 section 3)".formatted(type.wire()));
    }
}
