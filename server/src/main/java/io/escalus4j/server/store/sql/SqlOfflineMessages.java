package io.escalus4j.server.store.sql;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

final class SqlOfflineMessages implements OfflineMessages, Forgetting {
    private final Database database;

    SqlOfflineMessages(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Boolean> add(Jid account, Element message, int limit) {
        return database.write(account, sql -> {
            if (count(sql, account) >= limit) {
                return false;
            }
            sql.update(
                    "insert into offline_message (owner, message) values (?, ?)", account.toString(), message.toXml());
            return true;
        });
    }

    private static int count(Sql sql, Jid account) throws SQLException {
        return sql.count("select count(*) from offline_message where owner = ?", account.toString());
    }

    @Override
    public CompletionStage<List<Kept>> of(Jid account) {
        return database.read(sql -> sql.list(
                "select id, message from offline_message where owner = ? order by owner, id",
                row -> new Kept(row.getLong("id"), Element.parse(row.getString("message"))),
                account.toString()));
    }

    @Override
    public CompletionStage<Void> remove(Jid account, Collection<Long> numbers) {
        return database.change(
                account,
                sql -> sql.batch(
                        "delete from offline_message where owner = ? and id = ?",
                        numbers.stream()
                                .map(number -> new Object[] {account.toString(), number})
                                .toList()));
    }

    @Override
    public CompletionStage<Integer> count(Jid account) {
        return database.read(sql -> count(sql, account));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from offline_message where owner = ?", owner.toString());
    }
}
