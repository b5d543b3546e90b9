package io.escalus4j.server.store;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ids of archived messages: each is greater than all before it, whatever becomes of the clock. Thread-safe.
 *
 * <p>When the clock has been set back, ids go on from the last one, a microsecond apart, until the clock is there again.
 */
public final class ArchiveIds {
    private final Clock clock;
    private final int node;
    private final AtomicLong last;

    /**
     * @param node tells servers apart that write to the same archives
     * @param newest that the archives have, so that ids also grow over a restart
     */
    public ArchiveIds(Clock clock, int node, Optional<ArchiveId> newest) {
        this.clock = clock;
        this.node = Math.floorMod(node, ArchiveId.NODES);
        this.last = new AtomicLong(
                newest.map(id -> ArchiveId.at(id.time(), this.node).value()).orElse(0L));
    }

    public ArchiveId next() {
        var now = ArchiveId.at(clock.instant(), node);
        return new ArchiveId(last.accumulateAndGet(
                now.value(),
                (before, wanted) -> Math.max(new ArchiveId(before).following().value(), wanted)));
    }
}
