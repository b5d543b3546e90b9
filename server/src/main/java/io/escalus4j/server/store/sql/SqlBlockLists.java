package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

final class SqlBlockLists implements BlockLists, Forgetting {
    private final Database database;

    SqlBlockLists(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Set<Jid>> of(Jid account) {
        return database.read(sql -> of(sql, account));
    }

    private static Set<Jid> of(Sql sql, Jid account) throws SQLException {
        return Set.copyOf(sql.list(
                "select entity from blocked where owner = ?",
                row -> Jid.of(row.getString("entity")),
                account.toString()));
    }

    @Override
    public CompletionStage<Set<Jid>> update(Jid account, UnaryOperator<Set<Jid>> change) {
        return database.write(account, sql -> {
            var before = of(sql, account);
            var after = Set.copyOf(change.apply(before));
            sql.batch("delete from blocked where owner = ? and entity = ?", without(account, before, after));
            sql.batch("insert into blocked (owner, entity) values (?, ?)", without(account, after, before));
            return after;
        });
    }

    private static List<Object[]> without(Jid account, Set<Jid> entities, Set<Jid> others) {
        return entities.stream()
                .filter(entity -> !others.contains(entity))
                .map(entity -> new Object[] {account.toString(), entity.toString()})
                .toList();
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from blocked where owner = ?", owner.toString());
    }
}
