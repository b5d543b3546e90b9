package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xep.im.SubscriptionRules.Decision;
import io.escalus4j.server.xep.im.SubscriptionRules.Inbound;
import io.escalus4j.server.xep.im.SubscriptionRules.Outbound;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Presence.Type;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link SubscriptionRules} decide (RFC 6121 section 3). Thread-safe.
 *
 * <p>An item changes, and the owner's resources learn of it, in the account's lane. What follows from it for others is
 * routed when the lane is left, so that two accounts that subscribe to each other do not wait for each other.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final ServerContext context;
    private final Rosters rosters;
    private final Limits limits;
    private final RosterPushes pushes;
    private final Visibility visibility;

    Subscriptions(ServerContext context, Limits limits, RosterPushes pushes, Visibility visibility) {
        this.context = context;
        this.rosters = context.stores().rosters();
        this.limits = limits;
        this.pushes = pushes;
        this.visibility = visibility;
    }

    // ---- outbound: sections 3.1.2, 3.1.5, 3.2.2, 3.3.2 and 3.4.2

    Verdict<Hook.Sent> send(Presence stanza) {
        Jid owner = stanza.from().bare();
        if (stanza.to().isEmpty()) {
            return Verdict.refuse(
                    Condition.BAD_REQUEST,
                    "'%s' without a 'to', which must be a contact (RFC 6121 section 3)",
                    stanza.type().wire());
        }
        Jid contact = stanza.to().get().bare();
        if (contact.equals(owner)) {
            return Verdict.refuse(Condition.NOT_ALLOWED, "'%s' is your own JID, it needs no subscription", contact);
        }
        return limits.request(owner, stanza)
                .map(Verdict::<Hook.Sent>refuse)
                .orElseGet(() -> Verdict.later(send(owner, contact, stanza.between(owner, contact))));
    }

    private CompletionStage<Verdict<Hook.Sent>> send(Jid owner, Jid contact, Presence stanza) {
        return context.inLane(owner, () -> rosters.of(owner).thenCompose(roster -> change(roster, contact, stanza)))
                .thenCompose(
                        sequel -> sequel.orElse(Sequel.none(Verdict.stop())).run());
    }

    private CompletionStage<Sequel<Verdict<Hook.Sent>>> change(List<RosterItem> roster, Jid contact, Presence stanza) {
        Jid owner = stanza.from();
        Function<RosterItem, Outbound> rule = item -> SubscriptionRules.outbound(item, stanza.type());
        boolean isListed = rule.apply(itemIn(roster, contact)).after().listed();
        var full = isListed ? limits.contact(owner, contact, roster) : Optional.<StanzaError>empty();
        if (full.isPresent()) {
            return Sequel.known(Verdict.refuse(full.get()));
        }
        var resources = context.sessions().available(owner);
        return apply(owner, contact, rule, decision -> {})
                .thenApply(decision -> () -> follow(decision, stanza, resources).thenApply(sent -> Verdict.stop()));
    }

    private CompletionStage<Void> follow(Outbound decision, Presence stanza, List<Session> resources) {
        Jid contact = decision.after().contact();
        return hide(decision, stanza.from(), resources)
                .thenCompose(hidden -> decision.route() ? context.router().route(stanza) : Stages.DONE)
                .thenCompose(routed -> decision.beginsView() ? visibility.show(stanza.from(), contact) : Stages.DONE);
    }

    // ---- inbound: sections 3.1.3, 3.1.6, 3.2.3 and 3.3.3

    Verdict<Hook.Received> receive(Jid owner, Presence stanza) {
        if (isForAbsentResource(stanza)) {
            return Verdict.stop();
        }
        return limits.request(owner, stanza)
                .map(Verdict::<Hook.Received>refuse)
                .orElseGet(() -> Verdict.later(
                        receive(stanza.between(stanza.from().bare(), owner)).thenApply(received -> Verdict.stop())));
    }

    /** Section 8.5.3.2.2. */
    private boolean isForAbsentResource(Presence stanza) {
        return stanza.type() != Type.SUBSCRIBE
                && stanza.to()
                        .filter(to -> !to.isBare() && context.sessions().at(to).isEmpty())
                        .isPresent();
    }

    private CompletionStage<Void> receive(Presence stanza) {
        Jid owner = stanza.to().orElseThrow();
        return context.inLane(owner, () -> rosters.of(owner).thenCompose(roster -> change(roster, stanza)))
                .thenCompose(sequel -> sequel.orElse(() -> Stages.DONE).run());
    }

    private CompletionStage<Sequel<Void>> change(List<RosterItem> roster, Presence stanza) {
        Jid owner = stanza.to().orElseThrow();
        Function<RosterItem, Inbound> rule = item -> SubscriptionRules.inbound(item, stanza);
        boolean waits = rule.apply(itemIn(roster, stanza.from())).waits();
        if (waits && !limits.hasRoomForRequest(owner, roster)) {
            return CompletableFuture.completedFuture(() -> Stages.DONE);
        }
        var resources = context.sessions().available(owner);
        return apply(owner, stanza.from(), rule, decision -> deliver(decision, stanza))
                .thenApply(decision -> () -> follow(decision, stanza, resources));
    }

    /** Ahead of the push, so that a client knows what that comes from (section 3.1.6). */
    private void deliver(Inbound decision, Presence stanza) {
        if (decision.deliver()) {
            recipients(stanza).forEach(session -> session.deliver(stanza));
        }
    }

    /** A request is for those who can answer it; all else also for those who have the roster and learn why it changes. */
    private Set<Session> recipients(Presence stanza) {
        Jid owner = stanza.to().orElseThrow();
        var recipients = new LinkedHashSet<>(context.sessions().available(owner));
        if (stanza.type() != Type.SUBSCRIBE) {
            recipients.addAll(pushes.interested(owner));
        }
        return recipients;
    }

    private CompletionStage<Void> follow(Inbound decision, Presence stanza, List<Session> resources) {
        Jid owner = stanza.to().orElseThrow();
        return hide(decision, owner, resources)
                .thenCompose(hidden -> decision.reply()
                        .map(type -> context.router()
                                .route(Presence.of(type, owner, stanza.from()).answering(stanza)))
                        .orElse(Stages.DONE))
                .thenCompose(replied -> decision.reply().equals(Optional.of(Type.SUBSCRIBED))
                        ? visibility.show(owner, stanza.from())
                        : Stages.DONE);
    }

    // ---- both

    /** Changes the item, and tells the owner's resources: first {@code notice}, then the push. */
    private <D extends Decision> CompletionStage<D> apply(
            Jid owner, Jid contact, Function<RosterItem, D> rule, Consumer<D> notice) {
        return rosters.update(
                        owner,
                        contact,
                        known -> Optional.of(rule.apply(itemOf(known, contact)).after())
                                .filter(after -> !after.isUnknown()))
                .thenCompose(change -> {
                    D decision = rule.apply(itemOf(change.before(), contact));
                    notice.accept(decision);
                    return pushes.changed(owner, decision.before(), decision.after())
                            .thenApply(pushed -> decision);
                });
    }

    private CompletionStage<Void> hide(Decision decision, Jid owner, List<Session> resources) {
        return decision.endsView() ? hide(owner, resources, decision.after().contact()) : Stages.DONE;
    }

    /** Who cannot see the owner any more sees its resources leave first (section 3.2.2), unless it saw none of them. */
    private CompletionStage<Void> hide(Jid owner, List<Session> resources, Jid contact) {
        return visibility
                .audience(owner, List.of(contact))
                .thenCompose(audience -> Stages.all(audience, to -> visibility.hide(resources, to)));
    }

    private static RosterItem itemIn(List<RosterItem> roster, Jid contact) {
        return itemOf(
                roster.stream().filter(item -> item.contact().equals(contact)).findFirst(), contact);
    }

    private static RosterItem itemOf(Optional<RosterItem> known, Jid contact) {
        return known.orElseGet(() -> RosterItem.unknown(contact));
    }

    // ---- the end of all that there was with a contact

    /** Tells the contact that {@code item} is in the roster no more (section 2.5.2). */
    CompletionStage<Void> end(Jid owner, RosterItem item, List<Session> resources) {
        boolean asks = item.subscription().to() || item.pendingOut();
        boolean isSeen = item.subscription().from();
        boolean isAsked = isSeen || item.pendingIn().isPresent();
        return (isSeen ? hideIfPossible(owner, resources, item.contact()) : Stages.DONE)
                .thenCompose(hidden -> asks ? tell(Type.UNSUBSCRIBE, owner, item) : Stages.DONE)
                .thenCompose(told -> isAsked ? tell(Type.UNSUBSCRIBED, owner, item) : Stages.DONE);
    }

    /** The item is gone already: where nobody knows now whether the contact may see this, it still learns that all has ended. */
    private CompletionStage<Void> hideIfPossible(Jid owner, List<Session> resources, Jid contact) {
        return hide(owner, resources, contact).exceptionally(away -> {
            LOG.warn("event=contact-not-told account={} contact={} reason={}", owner, contact, away.toString());
            return null;
        });
    }

    private CompletionStage<Void> tell(Type type, Jid owner, RosterItem item) {
        return context.router().route(Presence.of(type, owner, item.contact()));
    }
}
