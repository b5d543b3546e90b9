package io.escalus4j.server.xep.im;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Remembers whom a session has sent directed presence, so that they learn when it is gone (RFC 6121 section 4.6).
 * Thread-safe.
 */
final class DirectedPresence {
    private static final SessionKey<Set<Jid>> TOLD = new SessionKey<>("directed-presence", Set.of());

    private final ServerContext context;
    private final Limits limits;
    private final Visibility visibility;

    DirectedPresence(ServerContext context, Limits limits, Visibility visibility) {
        this.context = context;
        this.limits = limits;
        this.visibility = visibility;
    }

    /** Section 4.6.3. */
    Verdict<Hook.Sent> send(Session session, Presence presence, Jid to) {
        var tooMany = limits.directed(session.jid(), to, session.get(TOLD));
        if (presence.type() == Presence.Type.AVAILABLE && tooMany.isPresent()) {
            return Verdict.refuse(tooMany.get());
        }
        return Verdict.later(
                visibility.inTurn(session, () -> inTurn(session, presence, to)).thenApply(sent -> Verdict.stop()));
    }

    private CompletionStage<Void> inTurn(Session session, Presence presence, Jid to) {
        if (!visibility.isConnected(session)) {
            return Stages.DONE;
        }
        change(session, told -> told.remove(to));
        if (presence.type() == Presence.Type.AVAILABLE) {
            change(session, told -> told.add(to));
        }
        return context.router().route(presence);
    }

    /** Who says that it is gone itself need not be told any more (section 4.6.1). */
    void forget(Jid owner, Presence unavailable) {
        Jid recipient = unavailable.to().orElse(owner);
        context.sessions().of(owner).stream()
                .filter(session -> recipient.isBare() || session.jid().equals(recipient))
                .filter(session -> session.get(TOLD).contains(unavailable.from()))
                .forEach(session -> change(session, told -> told.remove(unavailable.from())));
    }

    /** All who were told and do not hear of it as subscribers. */
    List<Jid> others(Session session, Collection<Jid> subscribers) {
        return session.get(TOLD).stream()
                .filter(to -> !subscribers.contains(to.bare()))
                .toList();
    }

    /** They have heard that it is gone. */
    void forgetAll(Session session) {
        change(session, Set::clear);
    }

    /** Those who were told and whom one of {@code entities} covers. */
    List<Jid> told(Session session, Collection<Jid> entities) {
        return session.get(TOLD).stream()
                .filter(to -> entities.stream().anyMatch(entity -> entity.covers(to)))
                .toList();
    }

    /** Whether {@code entity} has been told of the session: as the full JID that it is, or as an account. */
    static boolean isTold(Session session, Jid entity) {
        var told = session.get(TOLD);
        return told.contains(entity) || told.contains(entity.bare());
    }

    private static void change(Session session, Consumer<Set<Jid>> change) {
        session.update(TOLD, before -> {
            var after = new LinkedHashSet<>(before);
            change.accept(after);
            return Set.copyOf(after);
        });
    }
}
