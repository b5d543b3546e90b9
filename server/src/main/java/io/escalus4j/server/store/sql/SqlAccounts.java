package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

final class SqlAccounts implements Accounts, Forgetting {
    private final Database database;

    SqlAccounts(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Boolean> create(Jid account, Credentials credentials) {
        return database.write(account, sql -> {
            if (exists(sql, account)) {
                return false;
            }
            sql.update("insert into account (jid, domain) values (?, ?)", account.toString(), account.domain());
            insert(sql, account, credentials);
            return true;
        });
    }

    boolean exists(Sql sql, Jid account) throws SQLException {
        return sql.exists("select 1 from account where jid = ?", account.toString());
    }

    private static void insert(Sql sql, Jid account, Credentials credentials) throws SQLException {
        sql.batch(
                "insert into credential (account, hash, salt, iterations, stored_key, server_key) values (?, ?, ?, ?, ?, ?)",
                credentials.verifiers().stream()
                        .map(scram -> new Object[] {
                            account.toString(),
                            scram.hash(),
                            scram.salt(),
                            scram.iterations(),
                            scram.storedKey(),
                            scram.serverKey()
                        })
                        .toList());
    }

    @Override
    public CompletionStage<Boolean> exists(Jid account) {
        return database.read(sql -> exists(sql, account));
    }

    @Override
    public CompletionStage<Optional<Credentials>> credentials(Jid account) {
        return database.read(sql -> credentials(sql, account));
    }

    private static Optional<Credentials> credentials(Sql sql, Jid account) throws SQLException {
        var verifiers = sql.list(
                "select hash, salt, iterations, stored_key, server_key from credential where account = ? order by hash",
                SqlAccounts::verifier,
                account.toString());
        return verifiers.isEmpty() ? Optional.empty() : Optional.of(new Credentials(verifiers));
    }

    private static Credentials.Scram verifier(ResultSet row) throws SQLException {
        return new Credentials.Scram(
                row.getString("hash"),
                row.getBytes("salt"),
                row.getInt("iterations"),
                row.getBytes("stored_key"),
                row.getBytes("server_key"));
    }

    @Override
    public CompletionStage<Boolean> change(Jid account, Credentials credentials) {
        return database.write(account, sql -> {
            if (!exists(sql, account)) {
                return false;
            }
            put(sql, account, credentials);
            return true;
        });
    }

    private static void put(Sql sql, Jid account, Credentials credentials) throws SQLException {
        sql.update("delete from credential where account = ?", account.toString());
        insert(sql, account, credentials);
    }

    @Override
    public CompletionStage<Boolean> replace(Jid account, Credentials known, Credentials credentials) {
        return database.write(account, sql -> {
            if (!credentials(sql, account).equals(Optional.of(known))) {
                return false;
            }
            put(sql, account, credentials);
            return true;
        });
    }

    @Override
    public CompletionStage<List<Jid>> all(String domain) {
        return first(domain, Integer.MAX_VALUE);
    }

    @Override
    public CompletionStage<List<Jid>> first(String domain, int most) {
        return database.read(sql -> sql.list(
                "select jid from account where domain = ? order by jid limit ?",
                row -> Jid.of(row.getString("jid")),
                domain,
                most));
    }

    @Override
    public CompletionStage<Integer> count(String domain) {
        return database.read(sql -> sql.count("select count(*) from account where domain = ?", domain));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from account where jid = ?", owner.toString());
    }
}
