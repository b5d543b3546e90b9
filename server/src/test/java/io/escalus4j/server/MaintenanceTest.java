package io.escalus4j.server;

import static io.escalus4j.server.store.Everything.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.Everything;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.store.sql.Postgres;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.store.sql.Tables;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounts of a server that does not run. */
class MaintenanceTest {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");

    static Stream<String> databases() {
        return Stream.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", Postgres.freshSchema());
    }

    private static Maintenance open(String url) {
        return Maintenance.of(ServerConfig.standalone(Profile.TEST), SqlStores.open(StoreConfig.STANDARD.at(url)));
    }

    /** What remains is bob's: that he once had a contact of this name, who has cancelled (XEP-0077, RFC 6121 section 3.3). */
    @ParameterizedTest
    @MethodSource("databases")
    void of_a_removed_account_nothing_is_left_but_what_others_know(String url) throws Exception {
        try (var accounts = open(url);
                var stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            Everything.of(stores, ALICE);
            accounts.add(BOB, "secret");
            for (var pair : List.of(List.of(ALICE, BOB), List.of(BOB, ALICE))) {
                var item = RosterItem.unknown(pair.get(1)).inRoster().with(Subscription.BOTH);
                join(stores.rosters().update(pair.get(0), pair.get(1), none -> Optional.of(item)));
            }

            assertThat(accounts.remove(ALICE)).isTrue();

            var left = Tables.rows(url).values().stream().flatMap(List::stream).filter(row -> row.contains("alice"));
            assertThat(left)
                    .singleElement()
                    .asString()
                    .contains("owner=bob@localhost", "contact=alice@localhost", "subscription=NONE");
            assertThat(accounts.all()).containsExactly(BOB);
            assertThat(accounts.export(ALICE)).isEmpty();
            assertThat(accounts.remove(ALICE)).isFalse();
        }
    }
}
