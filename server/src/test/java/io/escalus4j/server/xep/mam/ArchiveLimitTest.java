package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.HeldStores;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveLimitTest {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");

    private final HeldStores stores = new HeldStores();
    private final Archive archive = stores.stores().archive();
    private final ArchiveIds ids = new ArchiveIds(Clock.systemUTC(), 0, Optional.empty());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private ArchiveLimit limit(int most) {
        return new ArchiveLimit(archive, most, metrics.counter("purged"));
    }

    private List<ArchiveId> write(ArchiveLimit limit, Jid owner, int count) {
        var written = new ArrayList<ArchiveId>();
        for (int i = 0; i < count; i++) {
            var id = ids.next();
            written.add(id);
            archive.append(owner, new Archived(id, BOB, Optional.empty(), Element.of("message", "jabber:client")));
            limit.written(owner).toCompletableFuture().join();
        }
        return written;
    }

    private List<ArchiveId> kept(Jid owner) {
        return archive
                .page(owner, ArchiveQuery.ALL, ArchiveSlice.last(1000))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .messages()
                .stream()
                .map(Archived::id)
                .toList();
    }

    @Test
    void an_archive_keeps_the_newest_and_never_a_tenth_more_than_it_may() {
        var limit = limit(20);
        var written = new ArrayList<ArchiveId>();
        for (int i = 0; i < 50; i++) {
            written.addAll(write(limit, ALICE, 1));
            assertThat(kept(ALICE)).hasSizeLessThanOrEqualTo(22);
        }

        assertThat(written).endsWith(kept(ALICE).toArray(ArchiveId[]::new));
        assertThat(kept(ALICE)).hasSizeGreaterThanOrEqualTo(20);
        assertThat(metrics.counter("purged").count()).isEqualTo(50 - kept(ALICE).size());
    }

    @Test
    void what_is_too_much_already_goes_with_the_first_message_that_comes() {
        write(limit(0), ALICE, 30);
        write(limit(0), BOB, 30);

        var newest = write(limit(10), ALICE, 1);

        assertThat(kept(ALICE)).hasSize(10).endsWith(newest.get(0));
        assertThat(kept(BOB)).hasSize(30);
    }

    @Test
    void a_message_is_there_though_nothing_can_be_taken_away() {
        var limit = limit(1);
        write(limit, ALICE, 1);
        stores.fail("Archive.trim");

        write(limit, ALICE, 1);
        assertThat(kept(ALICE)).hasSize(2);
        stores.letGo();
        write(limit, ALICE, 1);

        assertThat(kept(ALICE)).hasSize(1);
    }
}
