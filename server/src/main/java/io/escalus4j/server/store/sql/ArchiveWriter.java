package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.Archived;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages into archives, those of all callers together: while one batch is being committed the next one gathers, so
 * the busier it is the cheaper a message gets. Thread-safe.
 *
 * <p>What waits is bounded, in messages and in characters; one more fails with {@link StoreUnavailableException}.
 */
final class ArchiveWriter {
    private static final int MOST_WAITING = 100_000;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int BATCH = 50_000;
    private static final String INSERT =
            "insert into archived (id, owner, owner_key, peer_key, peer, reference, stanza, words, groupchat) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** The order of the index that has entries in the middle: what shares one of its pages comes together. */
    private static final Comparator<Row> BY_INDEX =
            Comparator.<Row>comparingInt(row -> row.ownerKey()).thenComparingLong(row -> row.id());

    private final Database database;
    private final Queue<Row> waiting = new ArrayDeque<>();
    private long characters;
    private boolean writing;
    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

    ArchiveWriter(Database database) {
        this.database = database;
    }

    private record Row(Object[] values, int characters, CompletableFuture<Void> written) {
        static Row of(Jid owner, Archived message) {
            String stanza = message.stanza().toXml();
            var values = new Object[] {
                message.id().value(),
                owner.toString(),
                ArchiveKeys.of(owner),
                ArchiveKeys.of(message.peer().bare()),
                message.peer().toString(),
                message.reference(),
                stanza,
                message.words(),
                message.isGroupchat()
            };
            return new Row(values, stanza.length(), new CompletableFuture<>());
        }

        long id() {
            return (long) values[0];
        }

        int ownerKey() {
            return (int) values[2];
        }
    }

    CompletionStage<Void> append(Jid owner, Archived message) {
        var row = Row.of(owner, message);
        if (!take(row)) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(
                    "%d messages wait to be archived".formatted(MOST_WAITING), new IllegalStateException("full")));
        }
        return row.written();
    }

    private boolean take(Row row) {
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING || characters + row.characters() > MOST_CHARACTERS) {
                return false;
            }
            waiting.add(row);
            characters += row.characters();
            settled = row.written();
            if (writing) {
                return true;
            }
            writing = true;
        }
        write();
        return true;
    }

    /** Rows are written in the order in which they came, so the last one stands for all. */
    CompletionStage<Void> settled() {
        synchronized (waiting) {
            return settled.handle((written, failed) -> null);
        }
    }

    private void write() {
        var batch = next();
        if (!batch.isEmpty()) {
            insert(batch)
                    .handle((done, failed) -> failed)
                    .thenCompose(failed -> told(batch, failed))
                    .thenRun(this::write);
        }
    }

    private List<Row> next() {
        synchronized (waiting) {
            var batch = new ArrayList<Row>(Math.min(BATCH, waiting.size()));
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                var row = waiting.remove();
                characters -= row.characters();
                batch.add(row);
            }
            writing = !batch.isEmpty();
            return batch;
        }
    }

    private CompletionStage<Boolean> insert(List<Row> rows) {
        return database.writeUnlocked(sql -> {
            sql.batch(INSERT, rows.stream().sorted(BY_INDEX).map(Row::values).toList());
            return true;
        });
    }

    /** One row that cannot be written is no reason not to write the others. */
    private CompletionStage<Void> told(List<Row> batch, @Nullable Throwable failed) {
        if (failed == null) {
            batch.forEach(row -> row.written().complete(null));
        } else if (batch.size() == 1 || failed instanceof StoreUnavailableException) {
            batch.forEach(row -> row.written().completeExceptionally(failed));
        } else {
            return oneByOne(batch);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> oneByOne(List<Row> rows) {
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (Row row : rows) {
            var one = List.of(row);
            done = done.thenCompose(before -> insert(one))
                    .handle((inserted, failed) -> failed)
                    .thenCompose(failed -> told(one, failed));
        }
        return done;
    }
}
