package io.escalus4j.server.store.sql;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

final class SqlDocuments implements Documents, Forgetting {
    private static final String OWN = " from document where kind = ? and owner = ?";

    private final Database database;
    private final String kind;

    /** @param kind what the documents are; those of two kinds know nothing of each other */
    SqlDocuments(Database database, String kind) {
        this.database = database;
        this.kind = kind;
    }

    @Override
    public CompletionStage<Optional<Element>> find(Jid account, String key) {
        return database.read(sql -> sql.first(
                "select document" + OWN + " and name = ?",
                row -> Element.parse(row.getString("document")),
                kind,
                account.toString(),
                key));
    }

    @Override
    public CompletionStage<Map<String, Element>> of(Jid account) {
        return database.read(sql -> sql
                .list(
                        "select name, document" + OWN,
                        row -> Map.entry(row.getString("name"), Element.parse(row.getString("document"))),
                        kind,
                        account.toString())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public CompletionStage<Boolean> put(Jid account, String key, Element document, int limit) {
        return database.write(account, sql -> {
            int others = sql.count("select count(*)" + OWN + " and name <> ?", kind, account.toString(), key);
            if (others >= limit) {
                return false;
            }
            remove(sql, account, key);
            sql.update(
                    "insert into document (kind, owner, name, document) values (?, ?, ?, ?)",
                    kind,
                    account.toString(),
                    key,
                    document.toXml());
            return true;
        });
    }

    private void remove(Sql sql, Jid account, String key) throws SQLException {
        sql.update("delete" + OWN + " and name = ?", kind, account.toString(), key);
    }

    @Override
    public CompletionStage<Void> remove(Jid account, String key) {
        return database.change(account, sql -> remove(sql, account, key));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete" + OWN, kind, owner.toString());
    }
}
