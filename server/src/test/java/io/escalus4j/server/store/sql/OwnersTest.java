package io.escalus4j.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.Everything;
import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of an account is left anywhere when it is removed: every table is looked at, also those that come later. */
class OwnersTest {
    private static final Jid JULIET = Jid.of("juliet@capulet.com");
    private static final Jid NURSE = Jid.of("nurse@capulet.com");

    static Stream<String> databases() {
        return Stream.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", Postgres.freshSchema());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void a_removed_account_is_in_no_table_any_more_and_others_are_whole(String url) throws SQLException {
        try (var stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            Everything.of(stores, NURSE);
            var without = Tables.rows(url);
            Everything.of(stores, JULIET);
            assertThat(Tables.rows(url)).allSatisfy((table, rows) -> {
                if (!Tables.NOBODYS.contains(table)) {
                    assertThat(rows)
                            .as("%s has something of juliet: add it to Everything, or to Tables.NOBODYS", table)
                            .anyMatch(row -> row.contains("juliet"));
                }
            });

            assertThat(Everything.join(stores.remove(JULIET))).isTrue();

            assertThat(Tables.rows(url)).isEqualTo(without);
            assertThat(without.toString()).doesNotContain("juliet");
            assertThat(Everything.join(stores.remove(JULIET))).isFalse();
        }
    }
}
