package io.escalus4j.server.route;

import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which resources of a local account get a stanza: the table of RFC 6121 section 8.5.4. Thread-safe. */
public final class LocalDelivery {
    private static final CompletionStage<Optional<StanzaError>> DELIVERED =
            CompletableFuture.completedFuture(Optional.empty());
    private static final CompletionStage<Optional<StanzaError>> UNAVAILABLE =
            CompletableFuture.completedFuture(Optional.of(StanzaError.of(Condition.SERVICE_UNAVAILABLE)));

    private final Modules modules;
    private final Sessions sessions;
    private final Accounts accounts;

    public LocalDelivery(Modules modules, Sessions sessions, Accounts accounts) {
        this.modules = modules;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /** Delivers, or says why it could not; an {@link Iq} comes here only if it is for a full JID. */
    public CompletionStage<Optional<StanzaError>> deliver(Jid owner, Stanza stanza) {
        Jid to = stanza.to().orElse(owner);
        var resource = to.isBare() ? Optional.<Session>empty() : sessions.at(to);
        if (resource.isPresent()) {
            return toAll(owner, List.of(resource.get()), stanza);
        }
        if (stanza instanceof Message message) {
            return to.isBare() ? toAccount(owner, message) : toAbsent(owner, message);
        }
        if (stanza instanceof Presence && to.isBare()) {
            return toAll(owner, sessions.available(owner), stanza);
        }
        return stanza instanceof Iq ? UNAVAILABLE : DELIVERED;
    }

    /** Section 8.5.2. */
    private CompletionStage<Optional<StanzaError>> toAccount(Jid owner, Message message) {
        return switch (message.type()) {
            case NORMAL, CHAT -> toMostAvailable(owner, message);
            case HEADLINE -> toAll(owner, sessions.willing(owner), message);
            case GROUPCHAT -> UNAVAILABLE;
            case ERROR -> DELIVERED;
        };
    }

    /** To whoever takes messages for the account, nobody if need be. */
    void toWilling(Jid owner, Stanza stanza) {
        for (Session session : sessions.willing(owner)) {
            session.deliverCopy(stanza);
        }
    }

    /** To a resource that is not there: a chat goes on with the others, a headline is missed by nobody (section 8.5.3.2.1). */
    private CompletionStage<Optional<StanzaError>> toAbsent(Jid owner, Message message) {
        return switch (message.type()) {
            case CHAT -> toMostAvailable(owner, message);
            case NORMAL, GROUPCHAT -> UNAVAILABLE;
            case HEADLINE, ERROR -> DELIVERED;
        };
    }

    private CompletionStage<Optional<StanzaError>> toMostAvailable(Jid owner, Message message) {
        var recipients = sessions.mostAvailable(owner);
        var delivered = toAll(owner, recipients, message);
        return recipients.isEmpty() ? delivered.thenCompose(nobody -> undelivered(owner, message)) : delivered;
    }

    private CompletionStage<Optional<StanzaError>> toAll(Jid owner, List<Session> recipients, Stanza stanza) {
        if (recipients.size() == 1) {
            recipients.get(0).deliver(stanza);
        } else {
            recipients.forEach(session -> session.deliverCopy(stanza));
        }
        return stanza instanceof Message message
                ? Soon.then(
                        modules.tell(Hook.DELIVERED, new Hook.Delivered(owner, message, recipients)), told -> DELIVERED)
                : DELIVERED;
    }

    private CompletionStage<Optional<StanzaError>> undelivered(Jid owner, Message message) {
        return accounts.exists(owner)
                .thenCompose(exists -> exists
                        ? modules.run(Hook.UNDELIVERED, new Hook.Undelivered(owner, message))
                                .thenCompose(LocalDelivery::outcome)
                        : UNAVAILABLE);
    }

    private static CompletionStage<Optional<StanzaError>> outcome(Verdict<Hook.Undelivered> verdict) {
        if (verdict instanceof Verdict.Refuse<Hook.Undelivered> no) {
            return CompletableFuture.completedFuture(Optional.of(no.error()));
        }
        return verdict instanceof Verdict.Stop<Hook.Undelivered> ? DELIVERED : UNAVAILABLE;
    }
}
