package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.xmpp.Jid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Times are kept to the microsecond. */
final class SqlTokens implements Tokens, Forgetting {
    private static final String OF_CLIENT = " from fast_token where owner = ? and client = ?";

    private final Database database;

    SqlTokens(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<Token>> of(Jid account, String client) {
        return database.read(sql -> sql.list(
                "select mechanism, hash, expires_at" + OF_CLIENT + " order by unused desc",
                SqlTokens::token,
                account.toString(),
                client));
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("mechanism"),
                row.getBytes("hash"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public CompletionStage<Void> offer(Jid account, String client, Token token, int clients) {
        return database.change(account, sql -> {
            sql.update("delete" + OF_CLIENT + " and unused", account.toString(), client);
            sql.update(
                    "insert into fast_token (owner, client, unused, mechanism, hash, expires_at, uses) values (?, ?, ?, ?, ?, ?, 0)",
                    account.toString(),
                    client,
                    true,
                    token.mechanism(),
                    token.hash(),
                    token.expiry().atOffset(ZoneOffset.UTC));
            forgetFirst(sql, account, client, clients);
        });
    }

    private static void forgetFirst(Sql sql, Jid account, String client, int clients) throws SQLException {
        var others = sql.list(
                "select client from fast_token where owner = ? and client <> ? group by client order by max(expires_at)",
                row -> row.getString("client"),
                account.toString(),
                client);
        if (others.size() >= clients) {
            sql.update("delete" + OF_CLIENT, account.toString(), others.get(0));
        }
    }

    @Override
    public CompletionStage<Boolean> use(Jid account, String client, Token token, long count) {
        return database.write(account, sql -> {
            var unused = sql.first(
                    "select unused" + OF_CLIENT + " and hash = ? and (uses < ? or ? = 0)",
                    row -> row.getBoolean("unused"),
                    account.toString(),
                    client,
                    token.hash(),
                    count,
                    count);
            if (unused.isEmpty()) {
                return false;
            }
            if (unused.get()) {
                sql.update("delete" + OF_CLIENT + " and not unused", account.toString(), client);
            }
            sql.update(
                    "update fast_token set unused = ?, uses = greatest(uses, ?) where owner = ? and client = ? and hash = ?",
                    false,
                    count,
                    account.toString(),
                    client,
                    token.hash());
            return true;
        });
    }

    @Override
    public CompletionStage<Void> remove(Jid account, String client, Token token) {
        return database.change(
                account,
                sql -> sql.update("delete" + OF_CLIENT + " and hash = ?", account.toString(), client, token.hash()));
    }

    @Override
    public CompletionStage<Void> clear(Jid account) {
        return database.change(account, sql -> forget(sql, account));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from fast_token where owner = ?", owner.toString());
    }
}
