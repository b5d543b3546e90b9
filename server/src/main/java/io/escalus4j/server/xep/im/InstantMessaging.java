package io.escalus4j.server.xep.im;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Rosters, presence subscriptions and presence (RFC 6121 sections 2, 3 and 4). Thread-safe. */
public final class InstantMessaging implements Module {
    /** A roster is about to be shown to its owner; a handler adds what is not kept in it. */
    public static final Hook<RosterView> ROSTER = new Hook<>("roster");

    private static final Element ROSTER_VERSIONS = Element.of("ver", "urn:xmpp:features:rosterver");
    private static final Element PRE_APPROVAL = Element.of("sub", "urn:xmpp:features:pre-approval");

    private final ServerContext context;
    private final Roster roster;
    private final Subscriptions subscriptions;
    private final Visibility visibility;
    private final Broadcasts broadcasts;
    private final Farewells farewells;
    private final DirectedPresence directed;
    private final Probes probes;

    public InstantMessaging(ServerContext context, ImConfig config) {
        var limits = new Limits(config, context.metrics());
        var pushes = new RosterPushes(context);
        this.context = context;
        this.visibility = new Visibility(context);
        this.subscriptions = new Subscriptions(context, limits, pushes, visibility);
        this.roster = new Roster(context, config, limits, pushes, subscriptions);
        this.directed = new DirectedPresence(context, limits, visibility);
        this.probes = new Probes(context, visibility);
        this.broadcasts = new Broadcasts(context, visibility, directed, probes);
        this.farewells = new Farewells(context, broadcasts);
    }

    /**
     * @param owner the bare JID of the account
     * @param items as its resources get them
     */
    public record RosterView(Jid owner, List<Element> items) {
        public RosterView with(List<Element> more) {
            return new RosterView(
                    owner, Stream.concat(items.stream(), more.stream()).toList());
        }
    }

    @Override
    public Xep xep() {
        return new Xep(6121, "Instant Messaging and Presence", "2011-03");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamFeature(ROSTER_VERSIONS)
                .streamFeature(PRE_APPROVAL)
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, RosterXml.NS, "query", roster::get)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, RosterXml.NS, "query", roster::set)
                .on(Hook.SENT, Phase.DELIVER, this::sent)
                .on(Hook.RECEIVED, Phase.DELIVER, this::received)
                .on(Hook.CLOSED, Phase.DELIVER, this::closed)
                .on(Hook.HIDDEN, Phase.DELIVER, this::hidden)
                .on(Hook.SHOWN, Phase.DELIVER, this::shown)
                .on(Hook.ACCOUNT_REMOVED, Phase.DELIVER, this::removed)
                .onClose(farewells);
    }

    private Verdict<Hook.Sent> sent(Hook.Sent sent) {
        if (!(sent.stanza() instanceof Presence presence)) {
            return Verdict.proceed(sent);
        }
        if (presence.isSubscription()) {
            return subscriptions.send(presence);
        }
        return presence.to()
                .map(to -> directed(sent, presence, to))
                .orElseGet(() -> broadcast(sent.session(), presence));
    }

    private Verdict<Hook.Sent> broadcast(Session session, Presence presence) {
        return switch (presence.type()) {
            case AVAILABLE -> whenDone(broadcasts.available(session, presence));
            case UNAVAILABLE -> whenDone(broadcasts.unavailable(session, presence));
            default -> Verdict.stop();
        };
    }

    private Verdict<Hook.Sent> directed(Hook.Sent sent, Presence presence, Jid to) {
        return switch (presence.type()) {
            case AVAILABLE, UNAVAILABLE -> directed.send(sent.session(), presence, to);
            default -> Verdict.proceed(sent);
        };
    }

    private Verdict<Hook.Received> received(Hook.Received received) {
        if (!(received.stanza() instanceof Presence presence)) {
            return Verdict.proceed(received);
        }
        if (presence.isSubscription()) {
            return subscriptions.receive(received.owner(), presence);
        }
        if (presence.type() == Presence.Type.PROBE) {
            return whenDone(probes.answer(received.owner(), presence));
        }
        if (presence.type() == Presence.Type.UNAVAILABLE) {
            directed.forget(received.owner(), presence);
        }
        return Verdict.proceed(received);
    }

    private Verdict<Session> closed(Session session) {
        return Verdict.later(farewells.of(session).thenApply(told -> Verdict.proceed(session)));
    }

    /** Subscribers see the resources leave, and so does who was sent directed presence. */
    private Verdict<Hook.Hidden> hidden(Hook.Hidden hidden) {
        return whenDone(subscribers(hidden.owner(), hidden.entities())
                .thenCompose(subscribers -> Stages.all(hidden.resources(), resource -> {
                    var from = new LinkedHashSet<>(subscribers);
                    from.addAll(directed.told(resource, hidden.entities()));
                    return visibility.hide(resource, from);
                })));
    }

    private Verdict<Hook.Shown> shown(Hook.Shown shown) {
        return whenDone(subscribers(shown.owner(), shown.entities())
                .thenCompose(subscribers -> Stages.all(subscribers, to -> visibility.show(shown.owner(), to))));
    }

    /** Who of {@code entities} may see the account: contacts that they cover, and resources of contacts among them. */
    private CompletionStage<Set<Jid>> subscribers(Jid owner, Set<Jid> entities) {
        return context.stores().rosters().of(owner).thenApply(items -> {
            var subscribers = new LinkedHashSet<Jid>();
            items.stream()
                    .filter(item -> item.subscription().from())
                    .map(RosterItem::contact)
                    .forEach(contact -> {
                        entities.stream()
                                .filter(entity -> entity.bare().equals(contact))
                                .forEach(subscribers::add);
                        entities.stream()
                                .filter(entity -> entity.covers(contact))
                                .forEach(entity -> subscribers.add(contact));
                    });
            return subscribers;
        });
    }

    /** Contacts see what they would see if they were removed from the roster. */
    private Verdict<Hook.Removed> removed(Hook.Removed removed) {
        var resources = context.sessions().available(removed.account());
        return Verdict.later(
                Stages.all(removed.contacts(), item -> subscriptions.end(removed.account(), item, resources))
                        .thenApply(ended -> Verdict.proceed(removed)));
    }

    private static <C> Verdict<C> whenDone(CompletionStage<Void> work) {
        return Verdict.later(work.thenApply(done -> Verdict.stop()));
    }
}
