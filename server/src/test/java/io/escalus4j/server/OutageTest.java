package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.sql.FullDisk;
import io.escalus4j.server.store.sql.Postgres;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.xmpp.Jid;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that goes away and a disk that is full: who asks gets an error in the protocol's terms, nothing that was
 * acknowledged is lost, and service comes back by itself.
 *
 * <p>They last for three requests, or as long as {@code -Descalus.outage.seconds} says.
 */
@Timeout(180)
class OutageTest {
    private static final long SECONDS = Long.getLong("escalus.outage.seconds", 0);
    private static final Jid SINK = Jid.of("sink@localhost");

    @TempDir
    private Path folder;

    private final List<String> acknowledged = new ArrayList<>();
    private int sent;

    private static StoreConfig at(String url) {
        return new StoreConfig(Optional.of(url), Optional.empty(), Optional.empty(), 2, 100, Duration.ofMillis(500));
    }

    private static XmppServer server(SqlStores stores) {
        return XmppServer.builder().profile(Profile.TEST).stores(stores).start();
    }

    @Test
    void a_database_that_goes_away_comes_back_and_has_all_that_was_acknowledged() throws Exception {
        Path data = folder.resolve("data");
        var database = postgres(data, 0);
        String url = database.getJdbcUrl("postgres", "postgres");
        try (var server = server(SqlStores.open(at(url)))) {
            var writer = writer(server);
            acknowledge(writer);
            database.close();

            assertRefused(writer);
            assertNobodyLogsIn(server);

            database = postgres(data, database.getPort());
            assertServesAgain(server, writer);
        } finally {
            database.close();
        }
    }

    private static EmbeddedPostgres postgres(Path data, int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void a_disk_that_was_full_has_all_that_was_acknowledged() throws Exception {
        String url = FullDisk.url(SqlStores.fileIn(folder));
        try (var server = server(SqlStores.open(at(url)))) {
            var writer = writer(server);
            acknowledge(writer);
            FullDisk.fill(true);
            try {
                assertRefused(writer);
            } finally {
                FullDisk.fill(false);
            }
            assertServesAgain(server, writer);
        }
    }

    /** Which PostgreSQL says by SQLSTATE 53100 when it cannot extend a file; a trigger says so in its place. */
    @Test
    void a_disk_of_postgresql_that_was_full_has_all_that_was_acknowledged() {
        String url = Postgres.freshSchema();
        String schema = url.substring(url.lastIndexOf('=') + 1);
        try (var server = server(SqlStores.open(at(url)))) {
            var writer = writer(server);
            acknowledge(writer);
            Postgres.execute("""
                    create function %1$s.no_space() returns trigger language plpgsql as
                        $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
                    create trigger no_space before insert on %1$s.archived execute function %1$s.no_space();
                    create trigger no_space before insert on %1$s.offline_message execute function %1$s.no_space()""".formatted(schema));

            assertRefused(writer);

            Postgres.execute("drop function %s.no_space() cascade".formatted(schema));
            assertServesAgain(server, writer);
        }
    }

    // ---- what is written

    private static RawClient writer(XmppServer server) {
        for (String user : List.of("writer", "sink")) {
            server.accounts()
                    .create(Jid.of(user, "localhost"), "secret")
                    .toCompletableFuture()
                    .join();
        }
        return RawClient.login(server, "writer", "secret", "pen");
    }

    private void acknowledge(RawClient writer) {
        for (int i = 0; i < 5; i++) {
            assertThat(answered(writer)).doesNotContain("type='error'");
        }
    }

    /** A message that has to be kept, and the answer to a ping behind it; with what came in between. */
    private String answered(RawClient writer) {
        String id = "m" + sent++;
        writer.send("<message type='chat' id='%1$s' to='sink@localhost'><body>%1$s</body></message>".formatted(id)
                + "<iq type='get' id='ping-%s' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>".formatted(id));
        String answers = writer.expect("id='ping-%s'".formatted(id)) + writer.expect(">");
        if (!answers.contains("type='error'")) {
            acknowledged.add(id);
        }
        return answers;
    }

    private void assertRefused(RawClient writer) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; i < 3 || System.nanoTime() < end; i++) {
            assertThat(answered(writer)).contains("type='error'").contains("<resource-constraint");
        }
    }

    private static void assertNobodyLogsIn(XmppServer server) {
        try (var late = RawClient.opened(server)) {
            late.send(RawClient.plain("writer", "secret"));
            assertThat(late.expect("</failure>")).contains("<temporary-auth-failure");
        }
    }

    private void assertServesAgain(XmppServer server, RawClient writer) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !answered(writer).contains("type='error'"));
        acknowledge(writer);
        RawClient.login(server, "writer", "secret", "other").close();
        var kept = server.context().stores().offline().of(SINK).toCompletableFuture().join().stream()
                .map(one -> one.message().childText("body").orElse(""));
        assertThat(kept).containsAll(acknowledged);
    }
}
