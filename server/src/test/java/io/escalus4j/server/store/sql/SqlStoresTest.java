package io.escalus4j.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a database adds to the contracts: it lasts, it may be busy or gone, and its schema has a version. */
@Timeout(60)
class SqlStoresTest {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Element NOTE = Element.text("note", "urn:test", "Tea at five");

    @TempDir
    private Path folder;

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private StoreConfig file() {
        return StoreConfig.STANDARD.at(SqlStores.fileIn(folder));
    }

    // ---- it lasts

    @Test
    void what_was_kept_is_there_after_a_restart() throws Exception {
        try (Stores stores = SqlStores.open(file())) {
            await(stores.vcards().put(ALICE, "vcard", NOTE, 1));
        }
        try (Stores stores = SqlStores.open(file())) {
            assertThat(await(stores.vcards().find(ALICE, "vcard"))).contains(NOTE);
        }
    }

    @Test
    void one_connection_is_enough() throws Exception {
        var url = Postgres.freshSchema();
        var one = new StoreConfig(Optional.of(url), Optional.empty(), Optional.empty(), 1, 10, Duration.ofSeconds(10));
        try (Stores stores = SqlStores.open(one)) {
            await(stores.vcards().put(ALICE, "vcard", NOTE, 1));
            assertThat(await(stores.vcards().find(ALICE, "vcard"))).contains(NOTE);
        }
    }

    // ---- it is busy

    @Test
    void one_request_too_many_fails_at_once_and_the_others_are_done() throws Exception {
        var url = Optional.of("jdbc:h2:mem:" + UUID.randomUUID());
        var narrow = new StoreConfig(url, Optional.empty(), Optional.empty(), 1, 1, Duration.ofSeconds(10));
        var started = new CountDownLatch(1);
        var hold = new CountDownLatch(1);
        try (Stores stores = SqlStores.open(narrow)) {
            var working = stores.blockLists().update(ALICE, known -> {
                started.countDown();
                return held(hold, known);
            });
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            var waiting = stores.accounts().exists(ALICE);
            var tooMuch = stores.accounts().exists(BOB);

            assertThatThrownBy(() -> await(tooMuch)).hasCauseInstanceOf(StoreUnavailableException.class);
            hold.countDown();
            assertThat(await(working)).isEmpty();
            assertThat(await(waiting)).isFalse();
        }
    }

    private static <T> T held(CountDownLatch latch, T value) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            return value;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    // ---- it is gone

    @Test
    void a_database_that_goes_away_is_unavailable_and_serves_again_when_it_is_back() throws Exception {
        Postgres.execute("create database fleeting");
        var url = Postgres.freshSchema().replace("/postgres?", "/fleeting?").replaceFirst("&currentSchema=.*", "");
        var config =
                new StoreConfig(Optional.of(url), Optional.empty(), Optional.empty(), 2, 10, Duration.ofMillis(500));
        try (Stores stores = SqlStores.open(config)) {
            await(stores.vcards().put(ALICE, "vcard", NOTE, 1));

            Postgres.execute("alter database fleeting allow_connections false");
            Postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'fleeting'");
            assertThatThrownBy(() -> await(stores.vcards().find(ALICE, "vcard")))
                    .hasCauseInstanceOf(StoreUnavailableException.class);

            Postgres.execute("alter database fleeting allow_connections true");
            // by itself, as soon as the pool has noticed that its connections are dead
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(await(stores.vcards().find(ALICE, "vcard")))
                            .contains(NOTE));
        }
    }

    @Test
    void a_fault_of_ours_is_no_lack_of_anything_and_undoes_all() throws Exception {
        try (Stores stores = SqlStores.open(file())) {
            await(stores.blockLists().update(ALICE, known -> java.util.Set.of(BOB)));

            assertThatThrownBy(() -> await(stores.blockLists().update(ALICE, known -> {
                        throw new IllegalStateException("a bug, made for this test");
                    })))
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(await(stores.blockLists().of(ALICE))).containsExactly(BOB);
        }
    }

    // ---- it opens, or says why not

    @Test
    void a_schema_of_a_newer_program_is_refused() throws SQLException {
        String url = SqlStores.fileIn(folder);
        SqlStores.open(file()).close();
        try (var connection = DriverManager.getConnection(Dialect.H2.url(url));
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into \"schema_history\" select 99, '99', 'from the future', type, 'V99__x.sql', 1,"
                            + " \"installed_by\", \"installed_on\", 1, true from \"schema_history\" where \"installed_rank\" = 1");
        }

        assertThatThrownBy(() -> SqlStores.open(file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        Pattern.quote("the schema of " + url + " is version 99, this program knows versions up to ")
                                + "\\d+: start the newer program \\(docs/storage\\.md\\)");
    }

    @Test
    void a_database_that_is_not_there_is_refused_without_its_password() {
        var nowhere = StoreConfig.STANDARD.at("jdbc:postgresql://127.0.0.1:1/escalus?user=me&password=secret");

        assertThatThrownBy(() -> SqlStores.open(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the database jdbc:postgresql://127.0.0.1:1/escalus cannot be used: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_url_of_another_database_is_refused() {
        assertThatThrownBy(() -> StoreConfig.STANDARD.at("jdbc:oracle:thin:@there"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url must begin with jdbc:postgresql: or jdbc:h2:, was 'jdbc:oracle:thin:@there'");
    }

    @Test
    void a_printed_configuration_holds_no_password() {
        var config = new StoreConfig(
                Optional.of("jdbc:postgresql://there/escalus?password=one"),
                Optional.of("me"),
                Optional.of("two"),
                8,
                1000,
                Duration.ofSeconds(10));

        assertThat(config)
                .asString()
                .contains("jdbc:postgresql://there/escalus")
                .doesNotContain("one", "two");
    }
}
