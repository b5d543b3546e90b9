package io.escalus4j.server.route;

import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.IqHandler;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.StanzaHandler;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a stanza to where its address says (RFC 6120 section 10). It knows addresses only, what is allowed is up to the
 * modules. Thread-safe: runs in the context of whoever sends.
 *
 * <p>Each stage is done when the stanza is in the recipients' hands, so that a sender whose next stanza waits for it
 * keeps its order (section 10.1). No stage fails.
 */
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Set<String> domains;
    private final Modules modules;
    private final Sessions sessions;
    private final LocalDelivery local;
    private final Hops hops;
    private final Components external = new Components();

    public Router(Set<String> domains, Modules modules, Sessions sessions, LocalDelivery local) {
        this(domains, modules, sessions, local, Hops.STRAIGHT);
    }

    public Router(Set<String> domains, Modules modules, Sessions sessions, LocalDelivery local, Hops hops) {
        this.domains = Set.copyOf(domains);
        this.modules = modules;
        this.sessions = sessions;
        this.local = local;
        this.hops = hops;
    }

    /** The domains that other programs serve. */
    public Components external() {
        return external;
    }

    /** Whether this server answers for {@code domain} itself. */
    public boolean serves(String domain) {
        return domains.contains(domain);
    }

    /** Routes a stanza from a local session or from the server itself; what is wrong with it goes back to its sender. */
    public CompletionStage<Void> route(Stanza stanza) {
        Jid to = stanza.to().orElse(stanza.from().bare());
        try {
            var routed = hops.pass("route", stanza.from(), () -> routeTo(to, stanza));
            return Soon.guarded(routed, bug -> failed(stanza, bug));
        } catch (RuntimeException bug) {
            return failed(stanza, bug);
        }
    }

    private CompletionStage<Void> routeTo(Jid to, Stanza stanza) {
        if (!serves(to.domain())) {
            return toComponent(to, stanza);
        }
        return to.local().isEmpty() ? toServer(stanza) : toAccount(to, stanza);
    }

    private CompletionStage<Void> toComponent(Jid to, Stanza stanza) {
        int dot = to.domain().indexOf('.');
        var component = dot > 0 && serves(to.domain().substring(dot + 1))
                ? modules.component(to.domain().substring(0, dot))
                : Optional.<StanzaHandler>empty();
        return component
                .or(() -> external.at(to.domain()))
                .map(handler -> handler.handle(stanza))
                .orElseGet(() -> refuse(stanza, absent(to.domain())));
    }

    private StanzaError absent(String domain) {
        return external.secret(domain).isPresent()
                ? StanzaError.of(Condition.RECIPIENT_UNAVAILABLE, "the component '%s' is not connected", domain)
                : StanzaError.of(Condition.REMOTE_SERVER_NOT_FOUND, "'%s' is not served here", domain);
    }

    private CompletionStage<Void> toServer(Stanza stanza) {
        if (stanza instanceof Iq iq) {
            return iq.isRequest() ? answer(iq, modules.handler(iq, To.SERVER), Condition.SERVICE_UNAVAILABLE) : DONE;
        }
        return stanza instanceof Presence ? DONE : refuse(stanza, StanzaError.of(Condition.SERVICE_UNAVAILABLE));
    }

    private CompletionStage<Void> toAccount(Jid to, Stanza stanza) {
        if (stanza instanceof Iq iq && to.isBare() && to.equals(iq.from().bare())) {
            return toOwnAccount(iq);
        }
        return hear(new Hook.Received(to.bare(), stanza), verdict -> received(stanza, verdict));
    }

    /** What modules say of it decides; then it is heard or never will be, and what came later may go on. */
    private CompletionStage<Void> hear(
            Hook.Received received, Function<Verdict<Hook.Received>, CompletionStage<Void>> decision) {
        var verdict = Soon.guarded(modules.run(Hook.RECEIVED, received), bug -> {
            received.heard().complete(null);
            return CompletableFuture.failedFuture(bug);
        });
        return Soon.then(verdict, known -> {
            try {
                return decision.apply(known);
            } finally {
                received.heard().complete(null);
            }
        });
    }

    /**
     * Takes a groupchat message of a room to accounts that belong to it, present or not: to every resource of each that
     * takes messages. Nobody hears of those that are not there, nor of those that do not want it.
     */
    public CompletionStage<Void> fanOut(Message message, Collection<Jid> accounts) {
        var rendered = ForMany.rendered(message, accounts.size());
        return each(accounts, account -> toOccupant(account, rendered.to(account)));
    }

    private CompletionStage<Void> toOccupant(Jid account, Message message) {
        if (!serves(account.domain())) {
            return route(message);
        }
        try {
            var taken = hear(new Hook.Received(account, message), verdict -> toWilling(account, verdict));
            return Soon.guarded(taken, bug -> failed(message, bug));
        } catch (RuntimeException bug) {
            return failed(message, bug);
        }
    }

    private CompletionStage<Void> toWilling(Jid account, Verdict<Hook.Received> verdict) {
        if (verdict instanceof Verdict.Proceed<Hook.Received> on) {
            local.toWilling(account, on.context().stanza());
        }
        return DONE;
    }

    /** Takes a stanza of a room to each of these, one after the other. */
    public CompletionStage<Void> toEach(Stanza stanza, List<Jid> recipients) {
        var rendered = ForMany.rendered(stanza, recipients.size());
        return each(recipients, recipient -> route(rendered.to(recipient)));
    }

    /** One after the other; where each is done at once, without a chain of stages. */
    private static CompletionStage<Void> each(Collection<Jid> recipients, Function<Jid, CompletionStage<Void>> send) {
        CompletionStage<Void> done = DONE;
        for (Jid recipient : recipients) {
            done = done == DONE || done.toCompletableFuture().isDone()
                    ? send.apply(recipient)
                    : done.thenCompose(before -> send.apply(recipient));
        }
        return done;
    }

    /** Takes a stanza to an account once more that was received before, and did not reach its resource. */
    public CompletionStage<Void> redeliver(Jid owner, Stanza stanza) {
        return local.deliver(owner, stanza)
                .thenCompose(
                        refused -> refused.map(error -> refuse(stanza, error)).orElse(DONE))
                .exceptionallyCompose(bug -> failed(stanza, bug));
    }

    private CompletionStage<Void> toOwnAccount(Iq iq) {
        if (!iq.isRequest()) {
            return DONE;
        }
        var handler = modules.handler(iq, To.OWN_ACCOUNT).or(() -> modules.handler(iq, To.ACCOUNT));
        return answer(iq, handler, Condition.SERVICE_UNAVAILABLE);
    }

    private CompletionStage<Void> received(Stanza stanza, Verdict<Hook.Received> verdict) {
        if (verdict instanceof Verdict.Refuse<Hook.Received> no) {
            return refuse(stanza, no.error());
        }
        return verdict instanceof Verdict.Proceed<Hook.Received> on ? deliver(on.context()) : DONE;
    }

    private CompletionStage<Void> deliver(Hook.Received received) {
        Jid to = received.stanza().to().orElse(received.owner());
        if (received.stanza() instanceof Iq iq && to.isBare()) {
            return toAccountOfOther(iq);
        }
        return Soon.then(
                local.deliver(received.owner(), received.stanza()),
                refused -> refused.isEmpty() ? DONE : refuse(received.stanza(), refused.get()));
    }

    /**
     * The server answers for the account (RFC 6121 section 8.5.2.1.3). A handler is asked whether there is such an account
     * or not: it knows what those who may not know shall see (XEP-0030 section 8).
     */
    private CompletionStage<Void> toAccountOfOther(Iq iq) {
        if (!iq.isRequest()) {
            return DONE;
        }
        var handler = modules.handler(iq, To.ACCOUNT);
        return handler.isPresent() ? answer(iq, handler.get().handle(iq)) : refuseForOther(iq);
    }

    /** What is the owner's alone is forbidden to others, whether there is an owner or not: who asks is not to know that. */
    private CompletionStage<Void> refuseForOther(Iq iq) {
        boolean ownersAlone = modules.handler(iq, To.OWN_ACCOUNT).isPresent();
        return refuse(iq, StanzaError.of(ownersAlone ? Condition.FORBIDDEN : Condition.SERVICE_UNAVAILABLE));
    }

    private CompletionStage<Void> answer(Iq iq, Optional<IqHandler> handler, Condition otherwise) {
        return answer(iq, handler.map(h -> h.handle(iq)).orElseGet(() -> Reply.refused(otherwise)));
    }

    /** Answers a request to a component; a request to the server or to an account is answered by {@link #route}. */
    public CompletionStage<Void> answer(Iq iq, Reply reply) {
        if (reply instanceof Reply.Later later) {
            return later.reply().thenCompose(known -> answer(iq, known));
        }
        if (reply instanceof Reply.Answered) {
            return DONE;
        }
        if (reply instanceof Reply.AndThen last) {
            return answer(iq, last.first()).thenRun(last.then());
        }
        if (reply instanceof Reply.Refused refused) {
            return refused.discreet() ? refuseDiscreetly(iq, refused.error()) : refuse(iq, refused.error());
        }
        var payload = ((Reply.Result) reply).payload();
        return toSender(payload.map(iq::result).orElseGet(iq::result));
    }

    /** Answers a stanza with an error, unless it is one itself (RFC 6120 section 8.3.1) or a presence nobody waits for. */
    public CompletionStage<Void> refuse(Stanza stanza, StanzaError error) {
        return isMute(stanza) ? DONE : toSender(stanza.refusedWith(error));
    }

    private CompletionStage<Void> refuseDiscreetly(Stanza stanza, StanzaError error) {
        return isMute(stanza) ? DONE : toSender(stanza.answer("error").with(answer -> answer.with(error.toElement())));
    }

    private static boolean isMute(Stanza stanza) {
        return stanza.isError() || stanza instanceof Iq iq && !iq.isRequest();
    }

    /**
     * What the sender can do nothing about: too much to do, or our own fault. It is logged, and told to the sender; what it
     * sent is not repeated, nobody knows what is in it.
     */
    public CompletionStage<Void> failed(Stanza stanza, Throwable failure) {
        String kind = stanza.element().name();
        if (StanzaError.isTooMuch(failure)) {
            LOG.warn("event=stanza-too-much kind={} from={} reason={}", kind, stanza.from(), failure.toString());
        } else {
            LOG.error("event=stanza-failed kind={} from={}", kind, stanza.from(), failure);
        }
        return refuseDiscreetly(stanza, StanzaError.ofFailure(failure));
    }

    /**
     * What the server itself says to a sender passes no hook: nobody can block their own server's answers. A sender that
     * is an account, as of a subscription request, is answered as an account.
     */
    private CompletionStage<Void> toSender(Stanza answer) {
        Jid sender = answer.to().orElseThrow();
        return serves(sender.domain())
                ? local.deliver(sender.bare(), answer).thenCompose(delivered -> DONE)
                : route(answer);
    }
}
