package io.escalus4j.server.xep.mam;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whose messages each archive is to have, those of late in memory. Thread-safe. */
final class PreferenceStore {
    private static final String KEY = Preferences.NAME;
    private static final int CACHED = 10_000;

    private final Documents documents;
    private final Rosters rosters;
    private final Preferences standard;
    private final Cache<Jid, Preferences> recent =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    PreferenceStore(ServerContext context, Policy policy) {
        this.documents = context.stores().archivePreferences();
        this.rosters = context.stores().rosters();
        this.standard = Preferences.standard(policy);
    }

    CompletionStage<Preferences> of(Jid owner) {
        var known = recent.getIfPresent(owner);
        return known == null
                ? documents.find(owner, KEY).thenApply(found -> {
                    var read = found.map(Preferences::read).orElse(standard);
                    recent.put(owner, read);
                    return read;
                })
                : CompletableFuture.completedFuture(known);
    }

    CompletionStage<Preferences> put(Jid owner, Preferences preferences) {
        return documents.put(owner, KEY, preferences.toElement(Mam.NS), 1).thenApply(kept -> {
            recent.put(owner, preferences);
            return preferences;
        });
    }

    CompletionStage<Void> remove(Jid owner) {
        return documents.remove(owner, KEY).thenAccept(gone -> forget(owner));
    }

    /** What is in memory. */
    void forget(Jid owner) {
        recent.invalidate(owner);
    }

    /** Whether {@code owner} has messages with {@code peer} archived (XEP-0441 section 2.3). */
    CompletionStage<Boolean> wants(Jid owner, Jid peer) {
        return of(owner)
                .thenCompose(preferences -> preferences
                        .listed(peer)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> standard(preferences.standard(), owner, peer.bare())));
    }

    private CompletionStage<Boolean> standard(Policy policy, Jid owner, Jid contact) {
        return switch (policy) {
            case ALWAYS -> CompletableFuture.completedFuture(true);
            case NEVER -> CompletableFuture.completedFuture(false);
            case ROSTER ->
                rosters.find(owner, contact)
                        .thenApply(item -> item.filter(RosterItem::listed).isPresent());
        };
    }
}
