package io.escalus4j.server.store.sql;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

final class SqlArchive implements Archive, Forgetting {
    private static final String COLUMNS = "select id, peer, reference, stanza from archived";
    private static final String ONE = ArchiveKeys.OWNER + " and id = ?";

    private final Database database;
    private final ArchiveWriter writer;

    SqlArchive(Database database) {
        this.database = database;
        this.writer = new ArchiveWriter(database);
    }

    @Override
    public CompletionStage<Void> append(Jid owner, Archived message) {
        return writer.append(owner, message);
    }

    /** Done when all is written that has been appended before. */
    CompletionStage<Void> settled() {
        return writer.settled();
    }

    static Archived archived(ResultSet row) throws SQLException {
        return new Archived(
                new ArchiveId(row.getLong("id")),
                Jid.of(row.getString("peer")),
                Optional.ofNullable(row.getString("reference")),
                Element.parse(row.getString("stanza")));
    }

    @Override
    public CompletionStage<Optional<ArchivePage>> page(Jid owner, ArchiveQuery query, ArchiveSlice slice) {
        return database.read(sql -> new ArchiveReading(sql, owner, query).page(slice));
    }

    @Override
    public CompletionStage<Optional<Archived>> find(Jid owner, ArchiveId id) {
        return database.read(sql ->
                sql.first(COLUMNS + ONE, SqlArchive::archived, ArchiveKeys.of(owner), owner.toString(), id.value()));
    }

    @Override
    public CompletionStage<List<Archived>> called(Jid owner, Jid peer, String reference, int atMost) {
        return database.read(
                sql -> new ArchiveReading(sql, owner, ArchiveQuery.ALL.with(peer)).called(reference, atMost));
    }

    @Override
    public CompletionStage<Boolean> replace(Jid owner, ArchiveId id, Element stanza) {
        var words = new Archived(id, owner, Optional.empty(), stanza).words();
        return database.write(
                owner,
                sql -> sql.update(
                                "update archived set stanza = ?, words = ?" + ONE,
                                stanza.toXml(),
                                words,
                                ArchiveKeys.of(owner),
                                owner.toString(),
                                id.value())
                        > 0);
    }

    @Override
    public CompletionStage<List<ArchiveId>> ends(Jid owner) {
        return database.readAtOnce(sql -> {
            var reading = new ArchiveReading(sql, owner, ArchiveQuery.ALL);
            var newest = reading.newest();
            return newest.isEmpty() ? List.of() : List.of(reading.oldest().orElseThrow(), newest.get());
        });
    }

    @Override
    public CompletionStage<Integer> purge(Instant limit, int atMost) {
        long bound = ArchiveId.at(limit, 0).value();
        return database.writeUnlocked(sql -> {
            // ids are nearly unique: where two owners have the same one at the edge, both stay
            long edge = sql.first(
                            "select id from archived where id < ? order by id limit 1 offset ?",
                            row -> row.getLong("id"),
                            bound,
                            atMost)
                    .orElse(bound);
            return sql.update("delete from archived where id < ?", edge);
        });
    }

    @Override
    public CompletionStage<Integer> trim(Jid owner, int kept) {
        return database.write(owner, sql -> {
            var edge = sql.first(
                    "select id from archived" + ArchiveKeys.OWNER
                            + " order by owner_key desc, id desc limit 1 offset ?",
                    row -> row.getLong("id"),
                    ArchiveKeys.of(owner),
                    owner.toString(),
                    kept);
            return edge.isEmpty()
                    ? 0
                    : sql.update(
                            "delete from archived" + ArchiveKeys.OWNER + " and id <= ?",
                            ArchiveKeys.of(owner),
                            owner.toString(),
                            edge.get());
        });
    }

    @Override
    public CompletionStage<Optional<ArchiveId>> newest() {
        return database.read(sql ->
                sql.first("select id from archived order by id desc limit 1", row -> new ArchiveId(row.getLong("id"))));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from archived" + ArchiveKeys.OWNER, ArchiveKeys.of(owner), owner.toString());
    }
}
