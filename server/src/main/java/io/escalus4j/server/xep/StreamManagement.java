package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xep.mam.ArchiveReader;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Offers stream management, and looks after what the client of a session that has ended did not acknowledge (section 4).
 * Thread-safe. Counting and resuming are the stream's own business.
 */
final class StreamManagement implements Module {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final ServerContext context;

    StreamManagement(ServerContext context) {
        this.context = context;
    }

    @Override
    public Xep xep() {
        return new Xep(198, "Stream Management", "1.6.3");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamFeature(Element.of("sm", Ns.SM)).on(Hook.UNACKNOWLEDGED, Phase.DELIVER, this::lookAfter);
    }

    /** One after the other, so that they keep their order. */
    private Verdict<Hook.Unacknowledged> lookAfter(Hook.Unacknowledged unacknowledged) {
        Jid owner = unacknowledged.session().jid().bare();
        var done = DONE;
        for (var late : unacknowledged.stanzas()) {
            done = done.thenCompose(before -> lookAfter(owner, late));
        }
        return Verdict.later(done.thenApply(all -> Verdict.proceed(unacknowledged)));
    }

    private CompletionStage<Void> lookAfter(Jid owner, Hook.Late late) {
        if (late.stanza() instanceof Message message) {
            return isForThisSession(owner, message) || isWithOthers(owner, late)
                    ? DONE
                    : redeliver(owner, message, late);
        }
        return late.stanza() instanceof Iq
                ? context.router()
                        .refuse(late.stanza(), StanzaError.of(Condition.SERVICE_UNAVAILABLE, "the resource is gone"))
                : DONE;
    }

    /** A page of an archive that it had asked for, or a copy of what others have: nothing that anybody else would miss. */
    private static boolean isForThisSession(Jid owner, Message message) {
        var children = message.element().elements();
        return children.stream().anyMatch(ArchiveReader::isResult)
                        && !message.element().has("body", Ns.CLIENT)
                || children.stream().anyMatch(Carbons::isCarbon) && owner.equals(message.from());
    }

    /** Other resources were given it, too, and are still there. */
    private boolean isWithOthers(Jid owner, Hook.Late late) {
        return late.copy() && !context.sessions().willing(owner).isEmpty();
    }

    /** What was for the resource is for the account now, as the resource will not come back. */
    private CompletionStage<Void> redeliver(Jid owner, Message message, Hook.Late late) {
        var noted = message.with(element -> DelayedDelivery.isNoted(element, owner.domain())
                ? element
                : element.with(DelayedDelivery.note(owner.domain(), late.sent(), "Not Acknowledged")));
        return context.router().redeliver(owner, isForAccount(message) ? noted.to(owner) : noted);
    }

    private static boolean isForAccount(Message message) {
        return message.type() == Message.Type.CHAT || message.type() == Message.Type.NORMAL;
    }
}
