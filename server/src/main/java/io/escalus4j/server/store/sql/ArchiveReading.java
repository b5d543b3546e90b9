package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One look into an archive: the conditions of a query, put together once. Confined to one piece of work. */
final class ArchiveReading {
    private final Sql sql;
    private final Jid owner;
    private final ArchiveQuery query;

    ArchiveReading(Sql sql, Jid owner, ArchiveQuery query) {
        this.sql = sql;
        this.owner = owner;
        this.query = query;
    }

    /** A condition with its arguments, as they grow. */
    private record Where(String text, List<Object> args) {
        Where and(String condition, Object... more) {
            var all = new ArrayList<>(args);
            all.addAll(List.of(more));
            return new Where(text + " and " + condition, all);
        }

        Object[] with(Object... more) {
            return Stream.concat(args.stream(), Stream.of(more)).toArray();
        }
    }

    /** What the index holds comes before the names, which are in the rows. */
    private Where chosen() {
        var where = candidates()
                .and("id >= ?", query.least().value())
                .and("id < ?", query.bound().value());
        where = query.with().isEmpty()
                ? where
                : where.and("peer_key = ?", ArchiveKeys.of(query.with().get().bare()));
        where = where.and("owner = ?", owner.toString());
        where = query.groupchat() ? where : where.and("not groupchat");
        for (String word : query.words()) {
            where = where.and("position(? in words) > 0", word);
        }
        return query.with().isEmpty() ? where : named(where, query.with().get());
    }

    /** Messages that are named are looked up by the primary key, the others by the index of owners. */
    private Where candidates() {
        return query.ids().isEmpty()
                ? new Where(" where owner_key = ?", List.of(ArchiveKeys.of(owner)))
                : among(values(query.ids().stream()));
    }

    private static Where among(List<Long> ids) {
        // an array would be simpler, but H2 reads the whole table for it
        return new Where(
                " where id in (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")", List.copyOf(ids));
    }

    private static Where named(Where where, Jid peer) {
        String any = peer + "/";
        return peer.isBare()
                ? where.and("(peer = ? or left(peer, ?) = ?)", peer.toString(), any.length(), any)
                : where.and("peer = ?", peer.toString());
    }

    private static List<Long> values(Stream<ArchiveId> ids) {
        return ids.map(ArchiveId::value).distinct().toList();
    }

    /** Empty if an id that is named is not there. */
    Optional<ArchivePage> page(ArchiveSlice slice) throws SQLException {
        var named =
                values(Stream.concat(query.named(), Stream.concat(slice.after().stream(), slice.before().stream())));
        return areThere(named) ? Optional.of(known(slice)) : Optional.empty();
    }

    private boolean areThere(List<Long> ids) throws SQLException {
        return ids.isEmpty() || count(among(ids).and("owner = ?", owner.toString())) == ids.size();
    }

    private ArchivePage known(ArchiveSlice slice) throws SQLException {
        var found = new ArrayList<>(found(slice));
        boolean complete = found.size() <= slice.max();
        var messages = found.subList(0, Math.min(found.size(), slice.max()));
        if (slice.backwards()) {
            Collections.reverse(messages);
        }
        return new ArchivePage(messages, complete, slice.counted() ? Optional.of(count(messages)) : Optional.empty());
    }

    /** One more than is wanted, which tells whether anything is left. */
    private List<Archived> found(ArchiveSlice slice) throws SQLException {
        var inside = chosen();
        inside = slice.after().isEmpty()
                ? inside
                : inside.and("id > ?", slice.after().get().value());
        inside = slice.before().isEmpty()
                ? inside
                : inside.and("id < ?", slice.before().get().value());
        return sql.list(
                "select id, peer, reference, stanza from archived" + inside.text() + " order by "
                        + order(slice.backwards() ? " desc" : "") + " limit ? offset ?",
                SqlArchive::archived,
                inside.with(slice.max() + 1, slice.index()));
    }

    /** By id; what is the same in all rows comes first, which tells H2 the index to take. */
    private String order(String direction) {
        return (query.ids().isEmpty() ? "owner_key" + direction + ", " : "") + "id" + direction;
    }

    private ArchivePage.Count count(List<Archived> messages) throws SQLException {
        int index = messages.isEmpty()
                ? 0
                : count(chosen().and("id < ?", messages.get(0).id().value()));
        return new ArchivePage.Count(count(chosen()), index);
    }

    private int count(Where where) throws SQLException {
        return sql.count("select count(*) from archived" + where.text(), where.with());
    }

    List<Archived> called(String reference, int atMost) throws SQLException {
        var where = chosen().and("reference = ?", reference);
        return sql.list(
                "select id, peer, reference, stanza from archived" + where.text() + " order by " + order(" desc")
                        + " limit ?",
                SqlArchive::archived,
                where.with(atMost));
    }

    Optional<ArchiveId> oldest() throws SQLException {
        return end("");
    }

    Optional<ArchiveId> newest() throws SQLException {
        return end(" desc");
    }

    private Optional<ArchiveId> end(String direction) throws SQLException {
        return sql.first(
                "select id from archived" + ArchiveKeys.OWNER + " order by owner_key" + direction + ", id" + direction
                        + " limit 1",
                row -> new ArchiveId(row.getLong("id")),
                ArchiveKeys.of(owner),
                owner.toString());
    }
}
