package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanzas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes what a resource says of its presence to all who are subscribed to it (RFC 6121 sections 4.2, 4.4 and 4.5).
 * Thread-safe.
 *
 * <p>Of two contacts who come online at the same time at least one sees the other: each makes its own presence known to
 * its server first, and asks for that of the other then.
 */
final class Broadcasts {
    private final ServerContext context;
    private final Visibility visibility;
    private final DirectedPresence directed;
    private final Probes probes;

    Broadcasts(ServerContext context, Visibility visibility, DirectedPresence directed, Probes probes) {
        this.context = context;
        this.visibility = visibility;
        this.directed = directed;
        this.probes = probes;
    }

    /** What a resource met when it became what it is now. */
    private record Entry(boolean initial, List<RosterItem> roster, List<Jid> audience) {
        static final Entry REFUSED = new Entry(false, List.of(), List.of());
    }

    CompletionStage<Void> available(Session session, Presence presence) {
        return visibility
                .inTurn(session, () -> announce(session, presence))
                .thenCompose(entry -> entry.initial() ? begin(session, entry.roster()) : Stages.DONE);
    }

    private CompletionStage<Entry> announce(Session session, Presence presence) {
        return visibility.isConnected(session)
                ? context.lanes()
                        .run(session.jid().bare(), () -> enter(session, presence))
                        .thenCompose(entry ->
                                visibility.send(presence, entry.audience()).thenApply(sent -> entry))
                : CompletableFuture.completedFuture(Entry.REFUSED);
    }

    /** In the account's lane: no message and no subscription request falls between what waits and what comes. */
    private CompletionStage<Entry> enter(Session session, Presence presence) {
        boolean initial = !session.isAvailable();
        Jid owner = session.jid().bare();
        return arrive(session, presence).thenCompose(arrived -> {
            session.presence(Optional.of(presence));
            return context.stores().rosters().of(owner).thenCompose(roster -> {
                if (initial) {
                    deliverRequests(session, roster);
                }
                return visibility
                        .audience(owner, subscribers(owner, roster))
                        .thenApply(audience -> new Entry(initial, roster, audience));
            });
        });
    }

    private CompletionStage<Void> arrive(Session session, Presence next) {
        boolean tookMessages = session.isAvailable() && session.priority() >= 0;
        return next.priority() < 0 || tookMessages
                ? Stages.DONE
                : context.modules().tell(Hook.ARRIVING, session);
    }

    /** Requests come at each login until they are answered (section 3.1.3). */
    private static void deliverRequests(Session session, List<RosterItem> roster) {
        var owner = Optional.of(session.jid().bare());
        roster.forEach(item -> item.pendingIn()
                .ifPresent(request -> session.deliver(Stanzas.trusted(request, item.contact(), owner))));
    }

    /** Section 4.2.2: asks for the presence of contacts and of the account's other resources. */
    private CompletionStage<Void> begin(Session session, List<RosterItem> roster) {
        Jid owner = session.jid().bare();
        var asked = new LinkedHashSet<Jid>(Set.of(owner));
        roster.stream().filter(item -> item.subscription().to()).forEach(item -> asked.add(item.contact()));
        return Stages.all(asked, contact -> probes.probe(session, contact))
                .thenCompose(answered -> context.modules().tell(Hook.AVAILABLE, session));
    }

    /** Section 4.5.2; the resource that says it gets it, too. */
    CompletionStage<Void> unavailable(Session session, Presence last) {
        return visibility.inTurn(session, () -> {
            if (!visibility.isConnected(session)) {
                return Stages.DONE;
            }
            return context.lanes()
                    .run(session.jid().bare(), () -> exit(session))
                    .thenCompose(audience -> {
                        session.deliver(last.to(session.jid().bare()));
                        return visibility.send(last, audience);
                    });
        });
    }

    /** A session ended, perhaps without a word. */
    CompletionStage<Void> closed(Session session) {
        Jid jid = session.jid();
        var last = Presence.of(Presence.Type.UNAVAILABLE, jid, jid.bare());
        return visibility.inTurn(
                session,
                () -> context.lanes()
                        .run(jid.bare(), () -> audience(session))
                        .thenCompose(audience -> visibility.send(last, leftBehind(session, audience))));
    }

    /**
     * Whose client is back as the same resource is seen by its subscribers as it is now; others, such as rooms, have to hear
     * that the old session is gone, unless the new one has told them of itself.
     */
    private List<Jid> leftBehind(Session gone, Audience audience) {
        return visibility
                .back(gone)
                .map(now -> audience.told().stream()
                        .filter(audience.all()::contains)
                        .filter(to -> !DirectedPresence.isTold(now, to))
                        .toList())
                .orElse(audience.all());
    }

    /** As long as nobody knows who must hear of it, it has not gone. */
    private CompletionStage<List<Jid>> exit(Session session) {
        return audience(session).thenApply(audience -> {
            session.presence(Optional.empty());
            return audience.all();
        });
    }

    /** @param told those of them, and perhaps others, who hear of it by directed presence alone */
    private record Audience(List<Jid> all, List<Jid> told) {}

    /** In the account's lane; gives all who have seen the session's presence, once. */
    private CompletionStage<Audience> audience(Session session) {
        Jid owner = session.jid().bare();
        return subscribers(session).thenCompose(subscribers -> {
            var told = directed.others(session, subscribers);
            subscribers.addAll(told);
            return visibility.audience(owner, subscribers).thenApply(all -> {
                directed.forgetAll(session);
                return new Audience(all, told);
            });
        });
    }

    private CompletionStage<Set<Jid>> subscribers(Session session) {
        Jid owner = session.jid().bare();
        return session.isAvailable()
                ? context.stores().rosters().of(owner).thenApply(roster -> subscribers(owner, roster))
                : CompletableFuture.completedFuture(new LinkedHashSet<>());
    }

    /** An account is subscribed to itself (section 4.2.2). */
    private static Set<Jid> subscribers(Jid owner, List<RosterItem> roster) {
        var subscribers = new LinkedHashSet<Jid>(Set.of(owner));
        roster.stream().filter(item -> item.subscription().from()).forEach(item -> subscribers.add(item.contact()));
        return subscribers;
    }
}
