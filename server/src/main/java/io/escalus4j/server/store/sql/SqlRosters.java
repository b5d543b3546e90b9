package io.escalus4j.server.store.sql;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.xmpp.Jid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

final class SqlRosters implements Rosters, Forgetting {
    private static final String ALL = "select * from roster_item where owner = ?";
    private static final String ONE = ALL + " and contact = ?";

    private final Database database;

    SqlRosters(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<List<RosterItem>> of(Jid account) {
        return database.read(sql -> sql.list(ALL, SqlRosters::item, account.toString()));
    }

    @Override
    public CompletionStage<Optional<RosterItem>> find(Jid account, Jid contact) {
        return database.read(sql -> find(sql, account, contact));
    }

    private static Optional<RosterItem> find(Sql sql, Jid account, Jid contact) throws SQLException {
        return sql.first(ONE, SqlRosters::item, account.toString(), contact.toString());
    }

    private static RosterItem item(ResultSet row) throws SQLException {
        return new RosterItem(
                Jid.of(row.getString("contact")),
                row.getBoolean("listed"),
                Optional.ofNullable(row.getString("called")),
                groups(row),
                Subscription.valueOf(row.getString("subscription")),
                row.getBoolean("pending_out"),
                Optional.ofNullable(row.getString("pending_in")).map(Element::parse),
                row.getBoolean("pre_approved"));
    }

    private static Set<String> groups(ResultSet row) throws SQLException {
        var groups = new HashSet<String>();
        for (Object group : (Object[]) row.getArray("in_groups").getArray()) {
            groups.add((String) group);
        }
        return groups;
    }

    @Override
    public CompletionStage<Change> update(Jid account, Jid contact, UnaryOperator<Optional<RosterItem>> change) {
        return database.write(account, sql -> {
            var before = find(sql, account, contact);
            var outcome = new Change(before, change.apply(before));
            if (outcome.isChange()) {
                replace(sql, account, contact, outcome.after());
            }
            return outcome;
        });
    }

    private static void replace(Sql sql, Jid account, Jid contact, Optional<RosterItem> after) throws SQLException {
        sql.update("delete from roster_item where owner = ? and contact = ?", account.toString(), contact.toString());
        if (after.isPresent()) {
            insert(sql, account, contact, after.get());
        }
    }

    private static void insert(Sql sql, Jid account, Jid contact, RosterItem item) throws SQLException {
        sql.update(
                """
                insert into roster_item
                (owner, contact, listed, called, in_groups, subscription, pending_out, pending_in, pre_approved)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                account.toString(),
                contact.toString(),
                item.listed(),
                item.name(),
                List.copyOf(item.groups()),
                item.subscription().name(),
                item.pendingOut(),
                item.pendingIn().map(Element::toXml),
                item.preApproved());
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        sql.update("delete from roster_item where owner = ?", owner.toString());
    }
}
