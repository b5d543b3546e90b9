package io.escalus4j.server.xep;

import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may see an account's presence, and so may know that there is such an account at all. Thread-safe. */
public final class PresenceAuthorization {
    private final Rosters rosters;

    public PresenceAuthorization(Rosters rosters) {
        this.rosters = rosters;
    }

    /** Whether {@code entity} is the owner, or the owner's roster says {@code from} or {@code both} of it (RFC 6121 section 2.1.2.5). */
    public CompletionStage<Boolean> allows(Jid entity, Jid account) {
        if (isOwner(entity, account)) {
            return CompletableFuture.completedFuture(true);
        }
        return rosters.find(account, entity.bare())
                .thenApply(item -> item.map(RosterItem::subscription)
                        .filter(RosterItem.Subscription::from)
                        .isPresent());
    }

    static boolean isOwner(Jid entity, Jid account) {
        return entity.bare().equals(account.bare());
    }
}
