package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.xmpp.Jid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Times are kept to the microsecond. */
final class SqlLastSeen implements LastSeen, Forgetting {
    private final Database database;

    SqlLastSeen(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Departure>> of(Jid account) {
        return database.read(sql -> sql.first(
                "select left_at, status from departure where owner = ?", SqlLastSeen::departure, account.toString()));
    }

    private static Departure departure(ResultSet row) throws SQLException {
        return new Departure(row.getObject("left_at", OffsetDateTime.class).toInstant(), row.getString("status"));
    }

    @Override
    public CompletionStage<Void> put(Jid account, Departure departure) {
        return database.change(account, sql -> {
            clear(sql, account);
            sql.update(
                    "insert into departure (owner, left_at, status) values (?, ?, ?)",
                    account.toString(),
                    departure.at().atOffset(ZoneOffset.UTC),
                    departure.status());
        });
    }

    private static void clear(Sql sql, Jid account) throws SQLException {
        sql.update("delete from departure where owner = ?", account.toString());
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        clear(sql, owner);
    }
}
