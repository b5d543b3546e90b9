package io.escalus4j.server.xep.im;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xep.im.InstantMessaging.RosterView;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an account's interested resources what has changed in its roster (RFC 6121 section 2.1.6). Thread-safe; to be
 * called in the account's lane, so that pushes come in the order of the changes.
 */
final class RosterPushes {
    private static final SessionKey<Boolean> INTERESTED = new SessionKey<>("interested", false);

    private static final Logger LOG = LoggerFactory.getLogger(RosterPushes.class);

    private final ServerContext context;
    private final AtomicLong sent = new AtomicLong();

    RosterPushes(ServerContext context) {
        this.context = context;
    }

    /** A resource that has asked for the roster is interested (section 2.2). */
    void interest(Session session) {
        session.update(INTERESTED, before -> true);
    }

    List<Session> interested(Jid owner) {
        return context.sessions().of(owner).stream()
                .filter(session -> session.get(INTERESTED))
                .toList();
    }

    /** All items as the owner gets them: those of {@code roster}, and what modules add to them. */
    CompletionStage<List<Element>> shown(Jid owner, List<RosterItem> roster) {
        var kept = new RosterView(owner, RosterXml.items(roster));
        return context.modules()
                .run(InstantMessaging.ROSTER, kept)
                .thenApply(verdict -> verdict instanceof Verdict.Proceed<RosterView> on
                        ? on.context().items()
                        : kept.items());
    }

    /** Pushes the change if the owner can see any of it. */
    CompletionStage<Void> changed(Jid owner, RosterItem before, RosterItem after) {
        var seen = RosterXml.item(after);
        return seen.isEmpty() || seen.equals(RosterXml.item(before)) ? Stages.DONE : push(owner, seen.get());
    }

    CompletionStage<Void> push(Jid owner, RosterItem item) {
        return RosterXml.item(item).map(seen -> push(owner, seen)).orElse(Stages.DONE);
    }

    CompletionStage<Void> remove(Jid owner, Jid contact) {
        return push(owner, RosterXml.removed(contact));
    }

    /** Never fails: the change has been made, and nobody must be told that it has not. */
    private CompletionStage<Void> push(Jid owner, Element item) {
        if (interested(owner).isEmpty()) {
            return Stages.DONE;
        }
        return version(owner).thenAccept(version -> {
            Element query = RosterXml.query(version, List.of(item));
            interested(owner).forEach(session -> session.deliver(push(owner, session.jid(), query)));
        });
    }

    /** Empty where the store is away by now: who has an older version gets the whole roster next time (section 2.6.2). */
    private CompletionStage<Optional<String>> version(Jid owner) {
        return context.stores()
                .rosters()
                .of(owner)
                .thenCompose(roster -> shown(owner, roster))
                .thenApply(RosterXml::version)
                .handle((version, failure) -> {
                    if (failure != null) {
                        LOG.warn("event=roster-version-unknown account={} reason={}", owner, failure.toString());
                    }
                    return Optional.ofNullable(version);
                });
    }

    private Iq push(Jid owner, Jid resource, Element query) {
        Element iq = Element.of("iq", Ns.CLIENT)
                .with("type", "set")
                .with("id", "push" + sent.incrementAndGet())
                .with("from", owner.toString())
                .with("to", resource.toString())
                .with(query);
        return new Iq(iq, owner, Optional.of(resource), Iq.Type.SET);
    }
}
