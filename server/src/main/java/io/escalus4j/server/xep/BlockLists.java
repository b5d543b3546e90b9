package io.escalus4j.server.xep;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The block lists of those accounts that stanzas come and go for. Thread-safe.
 *
 * <p>Each stanza asks for a list or two, so the lists of late are kept in memory. All changes come by here, which keeps
 * them right.
 */
final class BlockLists {
    private static final int ACCOUNTS = 10_000;

    private final io.escalus4j.server.store.BlockLists store;
    private final AsyncCache<Jid, Set<Jid>> recent =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).buildAsync();

    BlockLists(io.escalus4j.server.store.BlockLists store) {
        this.store = store;
    }

    /** The list, if it is in memory: each of the many who hear something in a room asks for it. */
    Optional<Set<Jid>> known(Jid account) {
        var list = recent.getIfPresent(account);
        return list != null && list.isDone() && !list.isCompletedExceptionally()
                ? Optional.of(list.join())
                : Optional.empty();
    }

    CompletionStage<Set<Jid>> of(Jid account) {
        return recent.get(account, (missing, executor) -> store.of(missing).toCompletableFuture());
    }

    /** Whether {@code entity}, its account or its domain is on the list (XEP-0191 section 6). */
    CompletionStage<Boolean> blocks(Jid account, Jid entity) {
        return of(account).thenApply(list -> isOn(list, entity));
    }

    static boolean isOn(Set<Jid> list, Jid entity) {
        return !list.isEmpty()
                && (list.contains(entity) || list.contains(entity.bare()) || list.contains(entity.toDomain()));
    }

    CompletionStage<Set<Jid>> update(Jid account, UnaryOperator<Set<Jid>> change) {
        return store.update(account, change).thenApply(list -> {
            recent.put(account, CompletableFuture.completedFuture(list));
            return list;
        });
    }

    /** The account is gone, and its list with it. */
    void forget(Jid account) {
        recent.synchronous().invalidate(account);
    }
}
