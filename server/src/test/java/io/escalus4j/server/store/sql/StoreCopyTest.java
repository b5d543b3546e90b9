package io.escalus4j.server.store.sql;

import static io.escalus4j.server.store.Everything.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.Everything;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From H2 to PostgreSQL and back: each column of each table, and the order of what has one. */
class StoreCopyTest {
    private static final Jid JULIET = Jid.of("juliet@capulet.com");

    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();
    private String file;

    @BeforeEach
    void fill() {
        file = SqlStores.fileIn(folder.resolve("data"));
        try (var stores = SqlStores.open(at(file))) {
            Everything.of(stores, JULIET);
            Everything.of(stores, Jid.of("nurse@capulet.com"));
            join(stores.secrets().of("a", () -> new byte[] {1, 2, 3}));
        }
    }

    private static StoreConfig at(String url) {
        return StoreConfig.STANDARD.at(url);
    }

    private static Map<String, List<String>> data(String url) throws Exception {
        var rows = Tables.rows(url);
        rows.remove("schema_history");
        return rows;
    }

    @Test
    void all_that_h2_has_is_in_postgresql_and_comes_back() throws Exception {
        String postgresql = Postgres.freshSchema();
        String back = SqlStores.fileIn(folder.resolve("back"));

        long rows = StoreCopy.run(at(file), at(postgresql), progress::add);
        assertThat(data(postgresql)).isEqualTo(data(file));
        assertThat(StoreCopy.run(at(postgresql), at(back), progress::add)).isEqualTo(rows);

        assertThat(data(back)).isEqualTo(data(file));
        assertThat(progress).contains("roster_item: 6 rows", "archived: 6 rows");
    }

    @Test
    void waiting_messages_keep_their_order_and_new_ones_come_after_them() {
        String postgresql = Postgres.freshSchema();
        StoreCopy.run(at(file), at(postgresql), progress::add);

        try (var stores = SqlStores.open(at(postgresql))) {
            join(stores.offline().add(JULIET, Element.text("message", "jabber:client", "new"), 10));
            assertThat(join(stores.offline().of(JULIET)))
                    .extracting(kept -> kept.message().childText("body").orElse("new"))
                    .containsExactly("first", "second <&>", "third \uD83D\uDE00", "new");
        }
    }

    @Test
    void a_target_that_has_data_is_left_alone() throws Exception {
        String other = SqlStores.fileIn(folder.resolve("other"));
        StoreCopy.run(at(file), at(other), progress::add);
        var before = data(other);

        assertThatThrownBy(() -> StoreCopy.run(at(file), at(other), progress::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is a database without data");
        assertThat(data(other)).isEqualTo(before);
    }

    @Test
    void what_goes_wrong_in_the_middle_leaves_nothing_and_can_be_done_again() throws Exception {
        String postgresql = Postgres.freshSchema();
        String schema = postgresql.replaceFirst(".*currentSchema=", "");
        SqlStores.open(at(postgresql)).close();
        Postgres.execute("alter table %s.departure add constraint no_tea check (status <> 'Tea')".formatted(schema));

        assertThatThrownBy(() -> StoreCopy.run(at(file), at(postgresql), progress::add))
                .isInstanceOf(UnreachableDatabaseException.class)
                .hasMessageStartingWith("nothing was copied: ");
        assertThat(data(postgresql).get("account")).isEmpty();

        Postgres.execute("alter table %s.departure drop constraint no_tea".formatted(schema));
        StoreCopy.run(at(file), at(postgresql), progress::add);
        assertThat(data(postgresql)).isEqualTo(data(file));
    }

    @Test
    void a_source_that_is_not_there_is_not_made() {
        String nowhere = SqlStores.fileIn(folder.resolve("nowhere"));

        assertThatThrownBy(() -> StoreCopy.run(at(nowhere), at(file), progress::add))
                .hasMessage("there is no database %s (docs/storage.md)", nowhere);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
