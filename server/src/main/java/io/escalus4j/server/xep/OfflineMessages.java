package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.OfflineMessages.Kept;
import io.escalus4j.server.xep.mam.ArchiveReader;
import io.escalus4j.server.xep.mam.StanzaIds;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.Stanzas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages for an account until one of its resources takes messages. Thread-safe.
 *
 * <p>A message is kept in the account's lane, just if nobody is there to take it by then; a resource gets what was kept
 * in that lane, too, before it counts as one that takes messages. So no message is left behind, and none that was sent
 * later by the same sender comes earlier.
 */
final class OfflineMessages implements Module {
    private static final Logger LOG = LoggerFactory.getLogger(OfflineMessages.class);
    private static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";

    /** What comes along with a chat state and is no content either. */
    private static final Set<String> TRIMMINGS = Set.of(CHAT_STATES, MessageHints.NS, "urn:xmpp:sid:0");

    private final ServerContext context;
    private final Config config;

    /** @param maxMessages that are kept for one account */
    public record Config(int maxMessages) {
        public static final Config STANDARD = new Config(100);

        public Config {
            if (maxMessages < 0) {
                throw new IllegalArgumentException("max_messages must be at least 0, was %d".formatted(maxMessages));
            }
        }
    }

    OfflineMessages(ServerContext context, Config config) {
        this.context = context;
        this.config = config;
    }

    @Override
    public Xep xep() {
        return new Xep(160, "Best Practices for Handling Offline Messages", "1.0.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature("msgoffline")
                .on(Hook.UNDELIVERED, Phase.DELIVER, this::keep)
                .on(Hook.ARRIVING, Phase.DELIVER, this::handOver);
    }

    /** A chat state that came too late is not missed (section 3); of anything else its sender learns that it was not kept. */
    private Verdict<Hook.Undelivered> keep(Hook.Undelivered undelivered) {
        Message message = undelivered.message();
        if (MessageHints.noStore(message)) {
            return Verdict.refuse(Condition.SERVICE_UNAVAILABLE, "nobody is there, and this is not to be kept");
        }
        return hasContent(message) || MessageHints.store(message)
                ? Verdict.later(keep(undelivered.owner(), message))
                : Verdict.stop();
    }

    private static boolean hasContent(Message message) {
        return message.element().elements().stream().anyMatch(OfflineMessages::isContent);
    }

    private static boolean isContent(Element child) {
        return !TRIMMINGS.contains(child.namespace()) && !child.is("thread", Ns.CLIENT);
    }

    private CompletionStage<Verdict<Hook.Undelivered>> keep(Jid owner, Message message) {
        return context.inLane(owner, () -> deliverOrKeep(owner, message))
                .thenApply(done -> done.orElse(false)
                                || StanzaIds.id(message.element(), owner).isPresent()
                        ? Verdict.stop()
                        : Verdict.refuse(Condition.SERVICE_UNAVAILABLE, "no more messages are kept for '%s'", owner));
    }

    private CompletionStage<Boolean> deliverOrKeep(Jid owner, Message message) {
        var arrived = context.sessions().mostAvailable(owner);
        if (!arrived.isEmpty()) {
            arrived.forEach(
                    arrived.size() == 1
                            ? session -> session.deliver(message)
                            : session -> session.deliverCopy(message));
            return CompletableFuture.completedFuture(true);
        }
        return context.stores()
                .offline()
                .add(owner, stamped(message, owner), config.maxMessages())
                .thenApply(kept -> {
                    count(kept ? "kept" : "refused", 1);
                    return kept;
                });
    }

    /** What has been delivered before bears the time of that, which is nearer to when it was sent. */
    private Element stamped(Message message, Jid owner) {
        return DelayedDelivery.isNoted(message.element(), owner.domain())
                ? message.element()
                : message.element()
                        .with(DelayedDelivery.note(
                                owner.domain(), context.time().now(), "Offline Storage"));
    }

    /** What a session gets is forgotten after that: a server that ends in between delivers it twice rather than never. */
    private Verdict<Session> handOver(Session session) {
        var offline = context.stores().offline();
        Jid owner = session.jid().bare();
        return Verdict.later(offline.of(owner)
                .thenCompose(kept -> forget(owner, handOver(session, kept)))
                .thenApply(forgotten -> Verdict.proceed(session)));
    }

    /** As much as its queue has room for, the rest waits on; the numbers of those that need not wait any longer. */
    private List<Long> handOver(Session session, List<Kept> kept) {
        var done = new ArrayList<Long>();
        int room = context.config().sessions().queueBytes() / 2;
        for (Kept next : kept) {
            room -= next.message().toBytes().length;
            if (room < 0 && !done.isEmpty() || !handOver(session, next, done)) {
                break;
            }
        }
        return done;
    }

    /** {@code false} if the session is over, or has much already. What it has read in its archive already it does not get once more (XEP-0313 section 6.1.1). */
    private boolean handOver(Session session, Kept kept, List<Long> done) {
        Jid owner = session.jid().bare();
        var stanza = stanza(kept.message(), owner);
        if (stanza.isEmpty()) {
            LOG.warn("event=offline-message-unreadable account={} number={}", owner, kept.number());
            return true;
        }
        boolean taken = isRead(session, kept.message(), owner) || session.offer(stanza.get());
        if (taken) {
            done.add(kept.number());
        }
        return taken;
    }

    private static boolean isRead(Session session, Element message, Jid owner) {
        return StanzaIds.id(message, owner)
                .filter(session.get(ArchiveReader.READ)::contains)
                .isPresent();
    }

    /** One without readable addresses stays where it is: it must not keep the others from coming. */
    private static Optional<Message> stanza(Element kept, Jid owner) {
        var from = Jid.parse(kept.attribute("from", owner.toString()));
        var to = Jid.parse(kept.attribute("to", owner.toString()));
        return from.isPresent() && to.isPresent()
                ? Optional.of((Message) Stanzas.trusted(kept, from.get(), to))
                : Optional.empty();
    }

    /** Where the store is away the session has got them nevertheless, and will get them again. */
    private CompletionStage<Void> forget(Jid owner, List<Long> delivered) {
        if (delivered.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        count("delivered", delivered.size());
        LOG.debug("event=offline-messages-delivered account={} count={}", owner, delivered.size());
        return context.stores().offline().remove(owner, delivered).exceptionally(away -> {
            LOG.warn("event=offline-messages-not-forgotten account={} count={}", owner, delivered.size(), away);
            return null;
        });
    }

    private void count(String outcome, int messages) {
        context.metrics().counter("xmpp.offline.messages", "outcome", outcome).increment(messages);
    }
}
