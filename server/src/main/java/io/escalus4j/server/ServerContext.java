package io.escalus4j.server;

import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xmpp.Jid;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What modules are made of: the parts of one server. Immutable; every part is thread-safe.
 *
 * @param domains that this server answers for, the first is the default
 * @param lanes one per account or room, for what must not interleave: roster changes and their pushes
 * @param workers for what takes so long that no connection should wait for it; refuses what is too much
 */
public record ServerContext(
        List<String> domains,
        ServerConfig config,
        Time time,
        MeterRegistry metrics,
        Stores stores,
        ArchiveIds archiveIds,
        Sessions sessions,
        Modules modules,
        Router router,
        Lanes<Jid> lanes,
        AccountManager accounts,
        Executor workers) {

    /**
     * Runs {@code work} in the account's lane if there is such an account then, so that nothing is kept for one that has
     * been removed. The work must neither enter a lane nor route.
     */
    public <T> CompletionStage<Optional<T>> inLane(Jid account, Supplier<CompletionStage<T>> work) {
        return lanes.run(
                account,
                () -> stores.accounts()
                        .exists(account)
                        .thenCompose(exists -> exists
                                ? work.get().thenApply(Optional::ofNullable)
                                : CompletableFuture.completedFuture(Optional.empty())));
    }
}
