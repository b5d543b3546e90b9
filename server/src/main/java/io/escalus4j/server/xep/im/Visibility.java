package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets entities see the presence of resources. Thread-safe.
 *
 * <p>All that tells of one resource's presence, its own stanzas, answers to probes, what a new or an ended subscription
 * brings, goes through that resource's lane. So nobody gets an old presence behind a newer one, and a resource that is
 * gone does not come back as a ghost. Work in such a lane may enter an account's lane, never another resource's.
 */
final class Visibility {
    private final ServerContext context;
    private final Lanes<Session> lanes = new Lanes<>();

    Visibility(ServerContext context) {
        this.context = context;
    }

    <T> CompletionStage<T> inTurn(Session resource, Supplier<CompletionStage<T>> work) {
        return lanes.run(resource, work);
    }

    boolean isConnected(Session resource) {
        return context.sessions().at(resource.jid()).filter(s -> s == resource).isPresent();
    }

    /** As what its client has come back, if it is the same resource and is to be seen. */
    Optional<Session> back(Session gone) {
        return context.sessions().at(gone.jid()).filter(session -> session != gone && session.isAvailable());
    }

    /** Sends {@code to}, who may see {@code owner}, what each resource is like now. */
    CompletionStage<Void> show(Jid owner, Jid to) {
        return Stages.all(context.sessions().available(owner), resource -> show(resource, to));
    }

    CompletionStage<Void> show(Session resource, Jid to) {
        return inTurn(
                resource,
                () -> current(resource).map(presence -> send(presence, to)).orElse(Stages.DONE));
    }

    private Optional<Presence> current(Session resource) {
        return isConnected(resource) ? resource.presence() : Optional.empty();
    }

    /** Tells {@code to} that {@code resources} are gone; those that were available when it lost sight of them. */
    CompletionStage<Void> hide(Collection<Session> resources, Jid to) {
        return Stages.all(resources, resource -> hide(resource, List.of(to)));
    }

    CompletionStage<Void> hide(Session resource, Collection<Jid> from) {
        Jid jid = resource.jid();
        return inTurn(resource, () -> send(Presence.of(Presence.Type.UNAVAILABLE, jid, jid.bare()), from));
    }

    /** Sends presence to somebody who may see it, if it shall be seen. */
    CompletionStage<Void> send(Presence presence, Jid to) {
        return audience(presence.from().bare(), List.of(to)).thenCompose(audience -> send(presence, audience));
    }

    CompletionStage<Void> send(Presence presence, Collection<Jid> audience) {
        return Stages.all(audience, to -> context.router().route(presence.to(to)));
    }

    /** Those of {@code recipients} who shall see the presence of {@code owner} now. */
    CompletionStage<List<Jid>> audience(Jid owner, Collection<Jid> recipients) {
        return context.modules()
                .run(Hook.AUDIENCE, new Hook.Audience(owner, List.copyOf(recipients)))
                .thenApply(Visibility::recipients);
    }

    private static List<Jid> recipients(Verdict<Hook.Audience> verdict) {
        return verdict instanceof Verdict.Proceed<Hook.Audience> on
                ? on.context().recipients()
                : List.of();
    }
}
