package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks for presence and tells it to those who may know it (RFC 6121 sections 4.3 and 4.6.6). Thread-safe. */
final class Probes {
    private final ServerContext context;
    private final Visibility visibility;

    Probes(ServerContext context, Visibility visibility) {
        this.context = context;
        this.visibility = visibility;
    }

    /**
     * Asks for the presence of a contact on behalf of a session that has just become available. An account of this
     * server is not probed (section 4.3.1), its presence is here: it goes to this session only, and absence is not
     * mentioned.
     */
    CompletionStage<Void> probe(Session session, Jid contact) {
        Jid prober = session.jid();
        if (prober.bare().equals(contact)) {
            return showOthers(session);
        }
        if (!isAccountHere(contact)) {
            return context.router().route(Presence.of(Presence.Type.PROBE, prober.bare(), contact));
        }
        return maySee(prober, contact)
                .thenCompose(may -> may
                        ? visibility.show(contact, prober)
                        : context.router().route(unsubscribed(contact, prober.bare())));
    }

    private boolean isAccountHere(Jid contact) {
        return context.router().serves(contact.domain()) && !contact.local().isEmpty();
    }

    private CompletionStage<Void> showOthers(Session session) {
        var others = context.sessions().available(session.jid()).stream()
                .filter(other -> other != session)
                .toList();
        return Stages.all(others, other -> visibility.show(other, session.jid()));
    }

    /** Answers a probe that came to {@code owner} or to one of its resources (section 4.3.2). */
    CompletionStage<Void> answer(Jid owner, Presence probe) {
        return maySee(probe.from(), owner)
                .thenCompose(may -> may ? answerSubscriber(owner, probe) : answerStranger(owner, probe));
    }

    private CompletionStage<Boolean> maySee(Jid prober, Jid owner) {
        if (prober.bare().equals(owner)) {
            return CompletableFuture.completedFuture(true);
        }
        return context.stores()
                .rosters()
                .find(owner, prober.bare())
                .thenApply(item ->
                        item.filter(known -> known.subscription().from()).isPresent());
    }

    private CompletionStage<Void> answerSubscriber(Jid owner, Presence probe) {
        Jid to = probe.to().orElse(owner);
        var resources = to.isBare()
                ? context.sessions().available(owner)
                : context.sessions().at(to).filter(Session::isAvailable).stream()
                        .toList();
        if (resources.isEmpty()) {
            return context.router()
                    .route(Presence.of(Presence.Type.UNAVAILABLE, to, probe.from())
                            .answering(probe));
        }
        return to.isBare() ? visibility.show(owner, probe.from()) : mere(resources.get(0), probe.from());
    }

    /** Who has been sent directed presence learns of just this resource, and just that it is there (section 4.6.6). */
    private CompletionStage<Void> answerStranger(Jid owner, Presence probe) {
        var resource = probe.to()
                .flatMap(context.sessions()::at)
                .filter(session -> DirectedPresence.isTold(session, probe.from()));
        return resource.map(session -> mere(session, probe.from()))
                .orElseGet(() ->
                        context.router().route(unsubscribed(owner, probe.from()).answering(probe)));
    }

    private CompletionStage<Void> mere(Session resource, Jid to) {
        return visibility.inTurn(
                resource,
                () -> visibility.isConnected(resource)
                        ? visibility.send(Presence.of(Presence.Type.AVAILABLE, resource.jid(), to), to)
                        : Stages.DONE);
    }

    private static Presence unsubscribed(Jid owner, Jid prober) {
        return Presence.of(Presence.Type.UNSUBSCRIBED, owner, prober);
    }
}
