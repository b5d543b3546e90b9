package io.escalus4j.server.xep.mam;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.xmpp.Jid;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no archive have more messages than it may, the newest: looks whenever a tenth of them has come, so that there may be
 * a tenth more for a while. Thread-safe.
 */
final class ArchiveLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLimit.class);
    /** Whoever is forgotten is just looked at earlier. */
    private static final int OWNERS = 100_000;

    private final Archive archive;
    private final int most;
    private final int step;
    private final Counter purged;
    private final Cache<Jid, AtomicInteger> sinceLooked =
            Caffeine.newBuilder().maximumSize(OWNERS).build();

    /** @param most messages of one archive, 0 for any number */
    ArchiveLimit(Archive archive, int most, Counter purged) {
        this.archive = archive;
        this.most = most;
        this.step = Math.max(1, most / 10);
        this.purged = purged;
    }

    /** A message of {@code owner} was written. The stage never fails: it is there, in any case. */
    CompletionStage<Void> written(Jid owner) {
        if (most == 0
                || sinceLooked.get(owner, first -> new AtomicInteger(step - 1)).incrementAndGet() < step) {
            return CompletableFuture.completedFuture(null);
        }
        sinceLooked.put(owner, new AtomicInteger());
        return archive.trim(owner, most).handle((gone, failed) -> {
            if (failed == null) {
                purged.increment(gone);
            } else {
                LOG.warn("event=archive-trim-failed owner={} reason={}", owner, failed.toString());
            }
            return null;
        });
    }
}
