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
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps stanzas of blocked entities away from an account and its own away from them. Thread-safe. */
final class Blocking implements Module {
    static final String NS = "urn:xmpp:blocking";
    private static final String ERRORS = "urn:xmpp:blocking:errors";
    private static final Logger LOG = LoggerFactory.getLogger(Blocking.class);

    /** A resource that has asked for the list is told how it changes. */
    private static final SessionKey<Boolean> WATCHES = new SessionKey<>("block-list", false);

    private final ServerContext context;
    private final Config config;
    private final BlockLists lists;
    private final AtomicLong pushes = new AtomicLong();

    /** @param maxItems on one list */
    public record Config(int maxItems) {
        public static final Config STANDARD = new Config(1000);

        public Config {
            if (maxItems < 1) {
                throw new IllegalArgumentException("max_items must be at least 1, was %d".formatted(maxItems));
            }
        }
    }

    Blocking(ServerContext context, Config config) {
        this.context = context;
        this.config = config;
        this.lists = new BlockLists(context.stores().blockLists());
    }

    @Override
    public Xep xep() {
        return new Xep(191, "Blocking Command", "1.3");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, NS, "blocklist", this::list)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "block", this::block)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "unblock", this::unblock)
                .on(Hook.SENT, Phase.GUARD, this::guardSent)
                .on(Hook.RECEIVED, Phase.GUARD, this::guardReceived)
                .on(Hook.AUDIENCE, Phase.GUARD, this::guardAudience)
                .on(Hook.ACCOUNT_REMOVED, Phase.AFTER, this::forget);
    }

    // ---- the gate

    /** Section 3.3: what the account sends to a blocked entity. */
    private Verdict<Hook.Sent> guardSent(Hook.Sent sent) {
        Jid account = sent.session().jid().bare();
        var to = sent.stanza().to().filter(entity -> !entity.bare().equals(account));
        return to.isEmpty()
                ? Verdict.proceed(sent)
                : Verdict.later(lists.blocks(account, to.get())
                        .thenApply(blocked -> blocked ? Verdict.refuse(youBlock(to.get())) : Verdict.proceed(sent)));
    }

    private static StanzaError youBlock(Jid entity) {
        return StanzaError.of(Condition.NOT_ACCEPTABLE, "'%s' is on your block list", entity)
                .as(StanzaError.Type.CANCEL)
                .with(Element.of("blocked", ERRORS));
    }

    /** Section 3.3: what comes from a blocked entity; it sees an account that is never there. */
    private Verdict<Hook.Received> guardReceived(Hook.Received received) {
        Jid from = received.stanza().from();
        if (from.bare().equals(received.owner())) {
            return Verdict.proceed(received);
        }
        return lists.known(received.owner())
                .map(list -> gate(received, list))
                .orElseGet(() -> Verdict.later(lists.of(received.owner()).thenApply(list -> gate(received, list))));
    }

    private static Verdict<Hook.Received> gate(Hook.Received received, Set<Jid> list) {
        return BlockLists.isOn(list, received.stanza().from())
                ? turnAway(received.stanza())
                : Verdict.proceed(received);
    }

    /** A room that gets an error takes its occupant for gone (XEP-0045 section 7.15), so group chat just goes missing. */
    private static Verdict<Hook.Received> turnAway(Stanza stanza) {
        boolean silently = stanza instanceof Presence
                || stanza instanceof Message message && message.type() == Message.Type.GROUPCHAT;
        return silently ? Verdict.stop() : Verdict.refuse(StanzaError.of(Condition.SERVICE_UNAVAILABLE));
    }

    private Verdict<Hook.Audience> guardAudience(Hook.Audience audience) {
        return Verdict.later(lists.of(audience.owner())
                .thenApply(list -> Verdict.proceed(new Hook.Audience(
                        audience.owner(),
                        audience.recipients().stream()
                                .filter(to -> to.bare().equals(audience.owner()) || !BlockLists.isOn(list, to))
                                .toList()))));
    }

    // ---- the list

    /** Section 3.2; no later push may overtake the list, which therefore is delivered in the account's lane. */
    private Reply list(Iq iq) {
        Jid account = iq.from().bare();
        return Reply.later(context.lanes()
                .run(account, () -> lists.of(account).thenAccept(list -> answer(iq, list)))
                .thenApply(answered -> Reply.answered()));
    }

    private void answer(Iq iq, Set<Jid> list) {
        context.sessions().at(iq.from()).ifPresent(session -> {
            session.update(WATCHES, before -> true);
            session.deliver(iq.result(Element.of("blocklist", NS).with(items(list))));
        });
    }

    private static List<Element> items(Set<Jid> list) {
        return list.stream()
                .map(Jid::toString)
                .sorted()
                .map(jid -> Element.of("item", NS).with("jid", jid))
                .toList();
    }

    /** Section 3.3. */
    private Reply block(Iq iq) {
        var named = iq.payload().elements("item", NS);
        var fault = fault(named);
        if (named.isEmpty() || fault.isPresent()) {
            return Reply.refused(fault.orElseGet(
                    () -> StanzaError.of(Condition.BAD_REQUEST, "nobody to block (XEP-0191 section 3.3)")));
        }
        return change(iq, list -> plus(list, jids(named)));
    }

    /** Sections 3.4 and 3.5: without items everybody. */
    private Reply unblock(Iq iq) {
        var named = iq.payload().elements("item", NS);
        return fault(named)
                .map(Reply::refused)
                .orElseGet(() -> change(iq, list -> named.isEmpty() ? Set.of() : minus(list, jids(named))));
    }

    private static Optional<StanzaError> fault(List<Element> items) {
        return items.stream()
                .filter(item -> item.attribute("jid").flatMap(Jid::parse).isEmpty())
                .findFirst()
                .map(item -> item.attribute("jid")
                        .map(jid -> StanzaError.of(Condition.JID_MALFORMED, "'%s' is no JID", jid))
                        .orElseGet(() -> StanzaError.of(Condition.BAD_REQUEST, "an item without a jid")));
    }

    private static Set<Jid> jids(List<Element> items) {
        var jids = new LinkedHashSet<Jid>();
        items.forEach(item -> jids.add(Jid.of(item.attribute("jid", ""))));
        return jids;
    }

    private Reply change(Iq iq, UnaryOperator<Set<Jid>> change) {
        Jid account = iq.from().bare();
        return Reply.later(context.inLane(
                        account,
                        () -> lists.of(account)
                                .thenCompose(before -> change(account, before, change.apply(before), iq.payload())))
                .thenCompose(done -> done.map(this::follow)
                        .orElseGet(() -> CompletableFuture.completedFuture(Reply.refused(Condition.ITEM_NOT_FOUND)))));
    }

    private record Change(Jid account, Set<Jid> before, Set<Jid> after, List<Session> resources) {}

    private CompletionStage<Optional<Change>> change(Jid account, Set<Jid> before, Set<Jid> after, Element command) {
        if (after.size() > config.maxItems()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var resources = context.sessions().available(account);
        return lists.update(account, list -> after).thenApply(kept -> {
            push(account, command);
            return Optional.of(new Change(account, before, after, resources));
        });
    }

    private void push(Jid account, Element command) {
        Element pushed = Element.of(command.name(), NS).with(command.elements("item", NS));
        context.sessions().of(account).stream()
                .filter(session -> session.get(WATCHES))
                .forEach(session -> session.deliver(push(account, session.jid(), pushed)));
    }

    private Iq push(Jid account, Jid resource, Element command) {
        Element iq = Element.of("iq", Ns.CLIENT)
                .with("type", "set")
                .with("id", "block" + pushes.incrementAndGet())
                .with("from", account.toString())
                .with("to", resource.toString())
                .with(command);
        return new Iq(iq, account, Optional.of(resource), Iq.Type.SET);
    }

    /** Who has been blocked sees the account leave, who has been unblocked sees it come. */
    private CompletionStage<Reply> follow(Optional<Change> done) {
        if (done.isEmpty()) {
            context.metrics().counter("xmpp.limits.hit", "limit", "block-list").increment();
            return CompletableFuture.completedFuture(Reply.refused(
                    Condition.POLICY_VIOLATION,
                    "the block list is full, at most %d items are allowed",
                    config.maxItems()));
        }
        Change change = done.get();
        LOG.debug(
                "event=block-list-changed account={} size={}",
                change.account(),
                change.after().size());
        var hidden = new Hook.Hidden(change.account(), minus(change.after(), change.before()), change.resources());
        var shown = new Hook.Shown(change.account(), minus(change.before(), change.after()));
        return context.modules()
                .tell(Hook.HIDDEN, hidden)
                .thenCompose(told -> context.modules().tell(Hook.SHOWN, shown))
                .thenApply(told -> Reply.done());
    }

    private static Set<Jid> plus(Set<Jid> list, Set<Jid> added) {
        var changed = new LinkedHashSet<>(list);
        changed.addAll(added);
        return changed;
    }

    private static Set<Jid> minus(Set<Jid> list, Set<Jid> removed) {
        var changed = new LinkedHashSet<>(list);
        changed.removeAll(removed);
        return changed;
    }

    /** Last of all: until then nobody on the list is told that the account goes. */
    private Verdict<Hook.Removed> forget(Hook.Removed removed) {
        lists.forget(removed.account());
        return Verdict.proceed(removed);
    }
}
