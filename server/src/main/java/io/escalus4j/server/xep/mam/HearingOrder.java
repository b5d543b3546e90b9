package io.escalus4j.server.xep.mam;

import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Has an account hear messages in the order in which its archive has them (XEP-0313 section 3.1), whoever writes.
 * Thread-safe. As many wait as there are senders of messages to the account.
 */
final class HearingOrder {
    private final Lanes<Jid> lanes = new Lanes<>();

    /**
     * What {@code kept} comes to, once all messages are heard for which this was called before. To be called in the order
     * of the archive.
     *
     * @param heard done when this message is, or when nobody will hear it
     */
    <T> CompletionStage<T> behindEarlier(Jid owner, Supplier<CompletionStage<T>> kept, CompletionStage<Void> heard) {
        var result = new CompletableFuture<T>();
        lanes.run(owner, () -> told(kept, result).thenCompose(told -> heard));
        return result;
    }

    private static <T> CompletionStage<Void> told(Supplier<CompletionStage<T>> kept, CompletableFuture<T> result) {
        return CompletableFuture.completedFuture(null)
                .thenCompose(nothing -> kept.get())
                .handle((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                    return null;
                });
    }
}
