package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.LastSeen.Departure;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells how long the server has been up, and to those who may see an account's presence how long its owner has been gone. Thread-safe. */
final class LastActivity implements Module {
    static final String NS = "jabber:iq:last";
    private static final SessionKey<String> LAST_STATUS = new SessionKey<>("last-status", "");

    private final ServerContext context;
    private final Instant started;
    private final LastSeen lastSeen;
    private final PresenceAuthorization authorization;

    LastActivity(ServerContext context) {
        this.context = context;
        this.started = context.time().now();
        this.lastSeen = context.stores().lastSeen();
        this.authorization = new PresenceAuthorization(context.stores().rosters());
    }

    @Override
    public Xep xep() {
        return new Xep(12, "Last Activity", "2.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.SERVER, NS, "query", this::tellUptime)
                .iq(Iq.Type.GET, To.ACCOUNT, NS, "query", this::tellAbsence)
                .on(Hook.RECEIVED, Phase.GUARD, this::guardResource)
                .on(Hook.SENT, Phase.RECORD, this::noteStatus)
                .on(Hook.CLOSED, Phase.RECORD, this::noteDeparture);
    }

    private Reply tellUptime(Iq iq) {
        return Reply.result(since(started));
    }

    private Reply tellAbsence(Iq iq) {
        Jid account = iq.to().orElse(iq.from()).bare();
        return Reply.later(authorization
                .allows(iq.from(), account)
                .thenCompose(may -> may
                        ? absence(account)
                        : CompletableFuture.completedFuture(Reply.refused(Condition.FORBIDDEN))));
    }

    private CompletionStage<Reply> absence(Jid account) {
        if (!context.sessions().of(account).isEmpty()) {
            return CompletableFuture.completedFuture(
                    Reply.result(since(context.time().now())));
        }
        return lastSeen.of(account)
                .thenApply(departure -> departure
                        .map(left -> Reply.result(since(left.at()).withText(left.status())))
                        .orElseGet(() ->
                                Reply.refused(Condition.ITEM_NOT_FOUND, "'%s' has not been connected yet", account)));
    }

    private Element since(Instant moment) {
        long seconds = Duration.between(moment, context.time().now()).toSeconds();
        return Element.of("query", NS).with("seconds", Long.toString(Math.max(0, seconds)));
    }

    /** A query to a full JID reaches the client just where its presence may be seen (section 4). */
    private Verdict<Hook.Received> guardResource(Hook.Received received) {
        boolean asksResource = received.stanza() instanceof Iq iq
                && iq.type() == Iq.Type.GET
                && iq.payload().is("query", NS)
                && iq.to().filter(to -> !to.isBare()).isPresent();
        return asksResource ? Verdict.later(authorized(received)) : Verdict.proceed(received);
    }

    private CompletionStage<Verdict<Hook.Received>> authorized(Hook.Received received) {
        return authorization
                .allows(received.stanza().from(), received.owner())
                .thenApply(may -> may
                        ? Verdict.proceed(received)
                        : Verdict.refuse(
                                Condition.FORBIDDEN,
                                "no subscription to the presence of '%s', one is needed (XEP-0012 section 4)",
                                received.owner()));
    }

    private Verdict<Hook.Sent> noteStatus(Hook.Sent sent) {
        if (sent.stanza() instanceof Presence presence && isBroadcast(presence)) {
            String status = presence.type() == Presence.Type.UNAVAILABLE ? status(presence) : "";
            sent.session().update(LAST_STATUS, before -> status);
        }
        return Verdict.proceed(sent);
    }

    private static boolean isBroadcast(Presence presence) {
        boolean tellsAvailability =
                presence.type() == Presence.Type.AVAILABLE || presence.type() == Presence.Type.UNAVAILABLE;
        return tellsAvailability && presence.to().isEmpty();
    }

    private static String status(Presence presence) {
        return presence.element().childText("status").orElse("");
    }

    /** An account that was removed has sessions to close yet: that must not bring it back to mind. */
    private Verdict<Session> noteDeparture(Session session) {
        Jid account = session.jid().bare();
        var departure = new Departure(context.time().now(), session.get(LAST_STATUS));
        return Verdict.later(context.inLane(account, () -> lastSeen.put(account, departure))
                .thenApply(noted -> Verdict.proceed(session)));
    }
}
