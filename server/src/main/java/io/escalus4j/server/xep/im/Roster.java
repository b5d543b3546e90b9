package io.escalus4j.server.xep.im;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xep.im.RosterSet.Put;
import io.escalus4j.server.xep.im.RosterSet.Remove;
import io.escalus4j.server.xep.im.RosterSet.Wrong;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers roster gets and sets of the owner (RFC 6121 section 2). Thread-safe. */
final class Roster {
    private final ServerContext context;
    private final Rosters rosters;
    private final ImConfig config;
    private final Limits limits;
    private final RosterPushes pushes;
    private final Subscriptions subscriptions;

    Roster(ServerContext context, ImConfig config, Limits limits, RosterPushes pushes, Subscriptions subscriptions) {
        this.context = context;
        this.rosters = context.stores().rosters();
        this.config = config;
        this.limits = limits;
        this.pushes = pushes;
        this.subscriptions = subscriptions;
    }

    /** Section 2.1.3; no later push may overtake the result, which therefore is delivered in the account's lane. */
    Reply get(Iq iq) {
        if (iq.payload().has("item", RosterXml.NS)) {
            return Reply.refused(Condition.BAD_REQUEST, "an item in a roster get (RFC 6121 section 2.1.3)");
        }
        Jid owner = iq.from().bare();
        return Reply.later(context.lanes()
                .run(
                        owner,
                        () -> rosters.of(owner)
                                .thenCompose(roster -> pushes.shown(owner, roster))
                                .thenAccept(items -> answer(iq, items)))
                .thenApply(answered -> Reply.answered()));
    }

    private void answer(Iq iq, List<Element> items) {
        context.sessions().at(iq.from()).ifPresent(session -> {
            pushes.interest(session);
            session.deliver(result(iq, items));
        });
    }

    /** Empty if the client has this version already (section 2.6.3). */
    private static Iq result(Iq iq, List<Element> items) {
        String version = RosterXml.version(items);
        return iq.payload().attribute("ver").equals(Optional.of(version))
                ? iq.result()
                : iq.result(RosterXml.query(Optional.of(version), items));
    }

    /** Section 2.1.5. */
    Reply set(Iq iq) {
        Jid owner = iq.from().bare();
        var wanted = RosterSet.read(iq.payload(), owner, config);
        if (wanted instanceof Wrong wrong) {
            return Reply.refused(wrong.error());
        }
        return Reply.later(wanted instanceof Put put ? put(owner, put) : remove(owner, ((Remove) wanted).contact()));
    }

    private CompletionStage<Reply> put(Jid owner, Put put) {
        return context.inLane(owner, () -> rosters.of(owner).thenCompose(roster -> put(owner, put, roster)))
                .thenApply(reply -> reply.orElseGet(Roster::noAccount));
    }

    private CompletionStage<Reply> put(Jid owner, Put put, List<RosterItem> roster) {
        var full = limits.contact(owner, put.contact(), roster);
        return full.isPresent()
                ? CompletableFuture.completedFuture(Reply.refused(full.get()))
                : rosters.update(owner, put.contact(), known -> Optional.of(put.over(known)))
                        .thenCompose(change -> pushes.push(owner, put.over(change.before())))
                        .thenApply(pushed -> Reply.done());
    }

    /** Section 2.5. */
    private CompletionStage<Reply> remove(Jid owner, Jid contact) {
        return context.inLane(owner, () -> takeOut(owner, contact))
                .thenCompose(sequel ->
                        sequel.orElseGet(() -> Sequel.none(noAccount())).run());
    }

    /** All that there was with the contact ends, once the owner's resources know that it is gone. */
    private CompletionStage<Sequel<Reply>> takeOut(Jid owner, Jid contact) {
        var resources = context.sessions().available(owner);
        return rosters.update(owner, contact, known -> known.filter(item -> !item.listed()))
                .thenCompose(change -> change.before()
                        .filter(RosterItem::listed)
                        .map(item -> pushes.remove(owner, contact)
                                .<Sequel<Reply>>thenApply(pushed -> () -> subscriptions
                                        .end(owner, item, resources)
                                        .thenApply(ended -> Reply.done())))
                        .orElseGet(() -> Sequel.known(notThere(contact))));
    }

    private static Reply notThere(Jid contact) {
        return Reply.refused(Condition.ITEM_NOT_FOUND, "'%s' is not in the roster (RFC 6121 section 2.5.3)", contact);
    }

    private static Reply noAccount() {
        return Reply.refused(Condition.ITEM_NOT_FOUND, "the account was removed");
    }
}
