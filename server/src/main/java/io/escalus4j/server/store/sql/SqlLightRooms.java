package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A room is the owner of its rows: what changes it holds the room's stripe. */
final class SqlLightRooms implements LightRooms, Forgetting {
    private final Database database;

    SqlLightRooms(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<LightRoom>> find(Jid room) {
        return database.readAtOnce(sql -> {
            var version = version(sql, room);
            return version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LightRoom(room, configuration(sql, room), occupants(sql, room), version.get()));
        });
    }

    private static Optional<String> version(Sql sql, Jid room) throws SQLException {
        return sql.first("select version from light_room where jid = ?", row -> row.getString(1), room.toString());
    }

    private static Map<String, String> configuration(Sql sql, Jid room) throws SQLException {
        return pairs(sql, "select field, content from light_setting where room = ? order by field", room);
    }

    private static Map<Jid, Affiliation> occupants(Sql sql, Jid room) throws SQLException {
        var occupants = new LinkedHashMap<Jid, Affiliation>();
        pairs(sql, "select occupant, affiliation from light_occupant where room = ?", room)
                .forEach((jid, affiliation) -> occupants.put(Jid.of(jid), Affiliation.valueOf(affiliation)));
        return occupants;
    }

    private static Map<String, String> pairs(Sql sql, String text, Jid room) throws SQLException {
        var pairs = new LinkedHashMap<String, String>();
        sql.list(text, row -> Map.entry(row.getString(1), row.getString(2)), room.toString())
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        return pairs;
    }

    @Override
    public CompletionStage<Boolean> create(LightRoom room) {
        return database.write(room.jid(), sql -> {
            boolean isFree = version(sql, room.jid()).isEmpty();
            if (isFree) {
                insert(sql, room);
            }
            return isFree;
        });
    }

    /** The room is written anew; what belongs to it goes with the old one. */
    @Override
    public CompletionStage<Boolean> replace(LightRoom before, LightRoom after) {
        return database.write(before.jid(), sql -> {
            boolean same = version(sql, before.jid()).equals(Optional.of(before.version()));
            if (same) {
                delete(sql, before, after);
                if (!after.isDeserted()) {
                    update(sql, before, after);
                }
            }
            return same;
        });
    }

    private static void insert(Sql sql, LightRoom room) throws SQLException {
        sql.update(
                "insert into light_room (jid, version) values (?, ?)",
                room.jid().toString(),
                room.version());
        insertSettings(sql, room);
        sql.batch(
                "insert into light_occupant (room, occupant, affiliation) values (?, ?, ?)",
                rows(room, room.occupants().keySet().stream()));
    }

    private static void insertSettings(Sql sql, LightRoom room) throws SQLException {
        sql.batch(
                "insert into light_setting (room, field, content) values (?, ?, ?)",
                room.configuration().entrySet().stream()
                        .map(setting -> new Object[] {room.jid().toString(), setting.getKey(), setting.getValue()})
                        .toList());
    }

    private static List<Object[]> rows(LightRoom room, Stream<Jid> occupants) {
        return occupants
                .map(jid -> new Object[] {
                    room.jid().toString(),
                    jid.toString(),
                    room.occupants().get(jid).name()
                })
                .toList();
    }

    /** Takes away those occupants who are not what they were; a deserted room takes all that it has with it. */
    private static void delete(Sql sql, LightRoom before, LightRoom after) throws SQLException {
        if (after.isDeserted()) {
            sql.update("delete from light_room where jid = ?", before.jid().toString());
            return;
        }
        sql.batch(
                "delete from light_occupant where room = ? and occupant = ?",
                different(before, after)
                        .map(jid -> new Object[] {before.jid().toString(), jid.toString()})
                        .toList());
    }

    private static void update(Sql sql, LightRoom before, LightRoom after) throws SQLException {
        String room = after.jid().toString();
        sql.update("update light_room set version = ? where jid = ?", after.version(), room);
        sql.batch(
                "insert into light_occupant (room, occupant, affiliation) values (?, ?, ?)",
                rows(after, different(after, before)));
        if (!before.configuration().equals(after.configuration())) {
            sql.update("delete from light_setting where room = ?", room);
            insertSettings(sql, after);
        }
    }

    /** The occupants of one whom the other does not have, or not as the same. */
    private static Stream<Jid> different(LightRoom one, LightRoom other) {
        return one.occupants().keySet().stream()
                .filter(jid -> !one.affiliation(jid).equals(other.affiliation(jid)));
    }

    @Override
    public CompletionStage<List<Listed>> of(Jid user) {
        return database.readAtOnce(sql -> {
            var settings = new LinkedHashMap<String, Map<String, String>>();
            sql.list("""
                            select s.room, s.field, s.content from light_setting s
                            join light_occupant o on o.room = s.room where o.occupant = ? order by s.room, s.field""", row -> List.of(row.getString(1), row.getString(2), row.getString(3)), user.toString())
                    .forEach(row -> settings.computeIfAbsent(row.get(0), room -> new LinkedHashMap<>())
                            .put(row.get(1), row.get(2)));
            return sql.list(
                    """
                    select r.jid, r.version from light_room r
                    join light_occupant o on o.room = r.jid where o.occupant = ? order by r.jid""",
                    row -> new Listed(
                            Jid.of(row.getString(1)),
                            settings.getOrDefault(row.getString(1), Map.of()),
                            row.getString(2)),
                    user.toString());
        });
    }

    @Override
    public CompletionStage<Set<Jid>> inAtLeast(int rooms, Collection<Jid> users) {
        return those(
                users,
                (sql, user) ->
                        sql.count("select count(*) from light_occupant where occupant = ?", user.toString()) >= rooms);
    }

    private interface Question {
        boolean isTrue(Sql sql, Jid user) throws SQLException;
    }

    private CompletionStage<Set<Jid>> those(Collection<Jid> users, Question question) {
        var asked = List.copyOf(users);
        return database.read(sql -> {
            var found = new HashSet<Jid>();
            for (Jid user : asked) {
                if (question.isTrue(sql, user)) {
                    found.add(user);
                }
            }
            return found;
        });
    }

    /** Whoever is still in rooms then is just not there any more; a room that has nobody else goes, too. */
    @Override
    public void forget(Sql sql, Jid owner) throws SQLException {
        String jid = owner.toString();
        sql.update("delete from light_denial where owner = ?", jid);
        sql.update("delete from light_room where jid = ?", jid);
        sql.update("""
                delete from light_room where jid in (select room from light_occupant where occupant = ?)
                and not exists (select 1 from light_occupant o where o.room = jid and o.occupant <> ?)""", jid, jid);
        sql.update("delete from light_occupant where occupant = ?", jid);
    }

    @Override
    public CompletionStage<Set<Denial>> denials(Jid user) {
        return database.read(sql -> denials(sql, user));
    }

    private static Set<Denial> denials(Sql sql, Jid user) throws SQLException {
        return Set.copyOf(sql.list(
                "select kind, denied from light_denial where owner = ?",
                row -> new Denial(Denial.Kind.valueOf(row.getString(1)), Jid.of(row.getString(2))),
                user.toString()));
    }

    @Override
    public CompletionStage<Set<Denial>> updateDenials(Jid user, UnaryOperator<Set<Denial>> change) {
        return database.write(user, sql -> {
            var after = Set.copyOf(change.apply(new HashSet<>(denials(sql, user))));
            sql.update("delete from light_denial where owner = ?", user.toString());
            sql.batch(
                    "insert into light_denial (owner, kind, denied) values (?, ?, ?)",
                    after.stream()
                            .map(denial -> new Object[] {
                                user.toString(),
                                denial.kind().name(),
                                denial.jid().toString()
                            })
                            .toList());
            return after;
        });
    }

    @Override
    public CompletionStage<Set<Jid>> denying(Set<Denial> these, Collection<Jid> users) {
        return those(users, (sql, user) -> denials(sql, user).stream().anyMatch(these::contains));
    }
}
