package io.escalus4j.server.store.sql;

import static io.escalus4j.server.store.Everything.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database of each older version of the schema, with data in it, is brought to this one when it is opened. */
class MigrationTest {
    private static final Jid JULIET = Jid.of("juliet@capulet.com");
    private static final Jid ROMEO = Jid.of("romeo@montague.net");
    private static final Jid ROOM = Jid.of("balcony@muclight.capulet.com");
    private static final Element MESSAGE =
            Element.parse("<message xmlns='jabber:client' from='romeo@montague.net/orchard'"
                    + " to='juliet@capulet.com' id='m1'><body>Art thou not Romeo</body></message>");
    private static final Archived SAID =
            new Archived(ArchiveId.at(Instant.parse("2026-01-01T00:00:00Z"), 0), ROMEO, Optional.of("m1"), MESSAGE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"H2,1", "H2,2", "H2,3", "H2,5", "POSTGRESQL,1", "POSTGRESQL,2", "POSTGRESQL,3", "POSTGRESQL,5"})
    void what_an_older_version_has_kept_is_there(Dialect dialect, int version) throws SQLException {
        String url = dialect == Dialect.H2 ? SqlStores.fileIn(folder) : Postgres.freshSchema();
        migrate(dialect.url(url), version);
        fill(dialect.url(url), version);
        var config = StoreConfig.STANDARD.at(url);
        assertThat(SqlStores.check(config)).endsWith("schema version " + version + ", the next start brings it to 7");

        try (var stores = SqlStores.open(config)) {
            assertThat(join(stores.accounts().exists(JULIET))).isTrue();
            assertThat(join(stores.offline().of(JULIET)))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.message()).isEqualTo(MESSAGE));
            if (version >= 2) {
                assertArchiveGoesOn(stores);
            }
            if (version >= 3) {
                assertThat(join(stores.lightRooms().find(ROOM)))
                        .contains(new LightRoom(ROOM, Map.of(), Map.of(JULIET, LightRoom.Affiliation.OWNER), "v1"));
            }
        }
        assertThat(SqlStores.check(config)).endsWith("schema version 7, which is this program's");
    }

    private static void assertArchiveGoesOn(Stores stores) {
        var later = new Archived(SAID.id().following(), ROMEO, Optional.of("m2"), MESSAGE);
        join(stores.archive().append(JULIET, later));

        var page = join(stores.archive().page(JULIET, ArchiveQuery.ALL, ArchiveSlice.first(10)));

        assertThat(page.orElseThrow().messages()).containsExactly(SAID, later);
        assertThat(join(stores.archive().called(JULIET, ROMEO, "m1", 2))).containsExactly(SAID);
    }

    private static void migrate(String url, int version) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:io/escalus4j/server/store/sql")
                .table("schema_history")
                .loggers("slf4j")
                .target("" + version)
                .load()
                .migrate();
    }

    private static void fill(String url, int version) throws SQLException {
        insert(url, "insert into account (jid, domain) values (?, ?)", "" + JULIET, JULIET.domain());
        insert(url, "insert into offline_message (owner, message) values (?, ?)", "" + JULIET, MESSAGE.toXml());
        if (version >= 2) {
            insert(
                    url,
                    "insert into archived (id, owner, owner_key, peer_key, peer, reference, stanza) values (?, ?, ?, ?, ?, ?, ?)",
                    SAID.id().value(),
                    "" + JULIET,
                    ArchiveKeys.of(JULIET),
                    ArchiveKeys.of(ROMEO),
                    "" + ROMEO,
                    "m1",
                    MESSAGE.toXml());
        }
        if (version >= 3) {
            insert(url, "insert into light_room (jid, version) values (?, ?)", "" + ROOM, "v1");
            insert(
                    url,
                    "insert into light_occupant (room, occupant, affiliation) values (?, ?, ?)",
                    "" + ROOM,
                    "" + JULIET,
                    "OWNER");
        }
    }

    private static void insert(String url, String text, Object... values) throws SQLException {
        try (var connection = DriverManager.getConnection(url)) {
            assertThat(new Sql(connection).update(text, values)).isEqualTo(1);
        }
    }
}
