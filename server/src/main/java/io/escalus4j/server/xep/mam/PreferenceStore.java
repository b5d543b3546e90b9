package io.escalus4j.server.xep.mam;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whose messages each archive is to have, those of late in memory. Thread-safe.
 *
 * <p>What is read from the store and what is put there takes turns for each owner: what was read before a change never
 * comes into memory behind it.
 */
final class PreferenceStore {
    private static final String KEY = Preferences.NAME;
    private static final int CACHED = 10_000;

    private final Documents documents;
    private final Rosters rosters;
    private final Preferences standard;
    private final Cache<Jid, Preferences> recent =
            Caffeine.newBuilder().maximumSize(CACHED).build();
    private final Lanes<Jid> lanes = new Lanes<>();

    PreferenceStore(Documents documents, Rosters rosters, Policy policy) {
        this.documents = documents;
        this.rosters = rosters;
        this.standard = Preferences.standard(policy);
    }

    CompletionStage<Preferences> of(Jid owner) {
        var known = recent.getIfPresent(owner);
        return known == null ? lanes.run(owner, () -> load(owner)) : CompletableFuture.completedFuture(known);
    }

    private CompletionStage<Preferences> load(Jid owner) {
        var known = recent.getIfPresent(owner); // whoever came before has read them
        return known != null ? CompletableFuture.completedFuture(known) : read(owner);
    }

    private CompletionStage<Preferences> read(Jid owner) {
        return documents.find(owner, KEY).thenApply(found -> {
            var read = found.map(Preferences::read).orElse(standard);
            recent.put(owner, read);
            return read;
        });
    }

    CompletionStage<Preferences> put(Jid owner, Preferences preferences) {
        return lanes.run(
                owner,
                () -> documents
                        .put(owner, KEY, preferences.toElement(Mam.NS), 1)
                        .thenApply(kept -> {
                            recent.put(owner, preferences);
                            return preferences;
                        }));
    }

    CompletionStage<Void> remove(Jid owner) {
        return lanes.run(owner, () -> documents.remove(owner, KEY).thenAccept(gone -> recent.invalidate(owner)));
    }

    /** What is in memory. */
    CompletionStage<Void> forget(Jid owner) {
        return lanes.run(owner, () -> {
            recent.invalidate(owner);
            return CompletableFuture.completedFuture(null);
        });
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
