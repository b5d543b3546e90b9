package io.escalus4j.server.store.sql;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A room is the owner of its rows: what changes it holds the room's stripe. */
final class SqlMucRooms implements MucRooms, Forgetting {
    private final Database database;

    SqlMucRooms(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<MucRoom>> find(Jid room) {
        return database.readAtOnce(sql -> {
            var affiliations = affiliations(sql, room);
            return sql.first(
                    "select called, description, listed, state from muc_room where jid = ?",
                    row -> new MucRoom(
                            room,
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            Element.parse(row.getString(4)),
                            affiliations),
                    room.toString());
        });
    }

    private static Map<Jid, Affiliated> affiliations(Sql sql, Jid room) throws SQLException {
        var affiliations = new LinkedHashMap<Jid, Affiliated>();
        sql.list(
                        "select entity, affiliation, nick, reason from muc_affiliation where room = ? order by entity",
                        row -> Map.entry(
                                Jid.of(row.getString(1)),
                                new Affiliated(
                                        Affiliation.valueOf(row.getString(2)),
                                        Optional.ofNullable(row.getString(3)),
                                        Optional.ofNullable(row.getString(4)))),
                        room.toString())
                .forEach(entry -> affiliations.put(entry.getKey(), entry.getValue()));
        return affiliations;
    }

    @Override
    public CompletionStage<Void> put(MucRoom room) {
        return database.change(room.jid(), sql -> {
            String jid = room.jid().toString();
            String state = room.state().toXml();
            int there = sql.update(
                    "update muc_room set called = ?, description = ?, listed = ?, state = ? where jid = ?",
                    room.name(),
                    room.description(),
                    room.listed(),
                    state,
                    jid);
            if (there == 0) {
                sql.update(
                        "insert into muc_room (jid, called, description, listed, state) values (?, ?, ?, ?, ?)",
                        jid,
                        room.name(),
                        room.description(),
                        room.listed(),
                        state);
            }
            putAffiliations(sql, room);
        });
    }

    /** Only what has changed is written: a room may have many who are affiliated with it. */
    private static void putAffiliations(Sql sql, MucRoom room) throws SQLException {
        var before = affiliations(sql, room.jid());
        String jid = room.jid().toString();
        sql.batch(
                "delete from muc_affiliation where room = ? and entity = ?",
                different(before, room.affiliations())
                        .map(entity -> new Object[] {jid, entity.toString()})
                        .toList());
        sql.batch(
                "insert into muc_affiliation (room, entity, affiliation, nick, reason) values (?, ?, ?, ?, ?)",
                different(room.affiliations(), before)
                        .map(entity -> row(jid, entity, room.affiliations().get(entity)))
                        .toList());
    }

    /** The entities that one has, and the other not or otherwise. */
    private static Stream<Jid> different(Map<Jid, Affiliated> one, Map<Jid, Affiliated> other) {
        return one.keySet().stream().filter(entity -> !one.get(entity).equals(other.get(entity)));
    }

    private static Object[] row(String room, Jid entity, Affiliated affiliated) {
        return new Object[] {
            room, entity.toString(), affiliated.affiliation().name(), affiliated.nick(), affiliated.reason()
        };
    }

    @Override
    public CompletionStage<Void> remove(Jid room) {
        return database.change(room, sql -> delete(sql, room));
    }

    private static void delete(Sql sql, Jid room) throws SQLException {
        sql.update("delete from muc_room where jid = ?", room.toString());
    }

    @Override
    public CompletionStage<Optional<Page>> listed(Place place, int most) {
        return database.readAtOnce(sql -> {
            int count = sql.count("select count(*) from muc_room where listed");
            if (place instanceof Place.From from) {
                var rooms = list(sql, "order by jid limit ? offset ?", most, from.index());
                return Optional.of(new Page(rooms, Math.min(from.index(), count), count));
            }
            if (place instanceof Place.AtEnd) {
                var rooms = backwards(sql, "order by jid desc limit ?", most);
                return Optional.of(new Page(rooms, count - rooms.size(), count));
            }
            return beside(sql, place, most, count);
        });
    }

    private static Optional<Page> beside(Sql sql, Place place, int most, int count) throws SQLException {
        boolean after = place instanceof Place.After;
        String room = (after ? ((Place.After) place).room() : ((Place.Before) place).room()).toString();
        if (!sql.exists("select 1 from muc_room where listed and jid = ?", room)) {
            return Optional.empty();
        }
        int before = sql.count("select count(*) from muc_room where listed and jid < ?", room);
        var rooms = after
                ? list(sql, "and jid > ? order by jid limit ?", room, most)
                : backwards(sql, "and jid < ? order by jid desc limit ?", room, most);
        return Optional.of(new Page(rooms, after ? before + 1 : before - rooms.size(), count));
    }

    private static List<Listed> list(Sql sql, String which, Object... args) throws SQLException {
        return sql.list(
                "select jid, called from muc_room where listed " + which,
                row -> new Listed(Jid.of(row.getString(1)), row.getString(2)),
                args);
    }

    private static List<Listed> backwards(Sql sql, String which, Object... args) throws SQLException {
        var rooms = new ArrayList<>(list(sql, which, args));
        Collections.reverse(rooms);
        return rooms;
    }

    @Override
    public CompletionStage<List<Listed>> matching(Words wanted, int most) {
        var text = new StringBuilder();
        var args = new ArrayList<Object>();
        for (String word : wanted.words()) {
            text.append(" and (? and position(? in lower(called)) > 0 or ? and position(? in lower(description)) > 0"
                    + " or ? and position(? in jid) > 0)");
            args.addAll(List.of(wanted.inName(), word, wanted.inDescription(), word, wanted.inAddress(), word));
        }
        args.add(most);
        return database.read(sql -> list(sql, text + " order by jid limit ?", args.toArray()));
    }

    @Override
    public CompletionStage<Integer> count() {
        return database.read(sql -> sql.count("select count(*) from muc_room"));
    }

    @Override
    public CompletionStage<Integer> owned(Jid user) {
        return database.read(sql -> sql.count(
                "select count(*) from muc_affiliation where entity = ? and affiliation = ?",
                user.toString(),
                Affiliation.OWNER.name()));
    }

    @Override
    public CompletionStage<List<Jid>> of(Jid user) {
        return database.read(sql -> sql.list(
                "select room from muc_affiliation where entity = ? order by room",
                row -> Jid.of(row.getString(1)),
                user.toString()));
    }

    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        delete(sql, owner);
        sql.update(
                "delete from muc_room where jid in (select room from muc_affiliation where entity = ? and affiliation = ?)"
                        + " and not exists (select 1 from muc_affiliation where room = jid and entity <> ? and affiliation = ?)",
                owner.toString(),
                MucRoom.Affiliation.OWNER.name(),
                owner.toString(),
                MucRoom.Affiliation.OWNER.name());
        sql.update(
                "delete from muc_affiliation where entity = ? and affiliation <> ?",
                owner.toString(),
                Affiliation.OUTCAST.name());
    }
}
