package io.escalus4j.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.xmpp.StanzaError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is under all ports: threads, time limits, and what several statements see together. */
@ParameterizedClass
@EnumSource(Dialect.class)
@Timeout(60)
class DatabaseTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final AtomicLong ticks = new AtomicLong();
    private final Dialect dialect;
    private final String session;
    private final String slow;
    private final Database one;

    DatabaseTest(Dialect dialect) {
        boolean isH2 = dialect == Dialect.H2;
        this.dialect = dialect;
        this.session = isH2 ? "select session_id()" : "select pg_backend_pid()";
        this.slow = isH2
                ? "select sum(a.\"X\" * b.\"X\" % 7) from system_range(1, 1000000) a, system_range(1, 1000000) b"
                : "select 1 from pg_sleep(60)";
        this.one = open(dialect, 2);
    }

    private Database open(Dialect dialect, int connections) {
        String url = dialect == Dialect.H2 ? "jdbc:h2:mem:" + UUID.randomUUID() : Postgres.freshSchema();
        var config = new StoreConfig(Optional.of(url), Optional.empty(), Optional.empty(), connections, 10, LIMIT);
        var pool = new HikariDataSource(dialect.pool(url, config));
        Schema.migrate(config, dialect.url(url), "test");
        return new Database(dialect, pool, config, ticks::get);
    }

    @AfterEach
    void close() {
        one.close();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private CompletionStage<Integer> counted() {
        return one.read(sql -> sql.count("select count(*) from stripe"));
    }

    @Test
    void threads_are_virtual_where_that_costs_nothing_and_no_more_than_connections() throws Exception {
        var names = new HashSet<String>();
        var running = new ArrayList<CompletionStage<Thread>>();
        for (int i = 0; i < 10; i++) {
            running.add(one.read(sql -> Thread.currentThread()));
        }
        for (var each : running) {
            var thread = await(each);
            names.add(thread.getName());
            assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 24);
            assertThat(thread.isDaemon()).isTrue();
        }
        assertThat(names).isSubsetOf("store-1", "store-2");
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }

    /** On the same connection: a slow statement is no reason to open another. */
    @Test
    void a_statement_that_takes_too_long_is_too_much_and_thread_and_connection_are_free_again() throws Exception {
        try (var narrow = open(dialect, 1)) {
            int before = await(narrow.read(sql -> sql.count(session)));

            assertThatThrownBy(() -> await(narrow.read(sql -> sql.list(slow, row -> true))))
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .satisfies(failure -> assertThat(
                                    StanzaError.ofFailure(failure.getCause()).condition())
                            .isEqualTo(StanzaError.Condition.RESOURCE_CONSTRAINT));

            int after = await(narrow.read(sql -> sql.count(session)));
            assertThat(after).isEqualTo(before);
        }
    }

    /** It keeps its connection: H2's last one closes a database. */
    @Test
    void a_change_that_waits_too_long_for_another_is_too_much_and_has_not_happened() throws Exception {
        var before = sessions();
        var inside = new AtomicLong();
        await(one.change("owner", sql -> {
            var other = one.change("owner", late -> late.update("delete from account"));
            assertThatThrownBy(() -> await(other)).hasCauseInstanceOf(StoreUnavailableException.class);
            inside.incrementAndGet();
        }));

        assertThat(inside).hasValue(1);
        await(one.change("owner", sql -> sql.update("delete from account")));
        assertThat(sessions()).isEqualTo(before);
    }

    /** Of both connections: neither is given back before the other is taken. */
    private Set<Integer> sessions() throws Exception {
        var taken = new CountDownLatch(2);
        Database.Work<Integer> asked = sql -> {
            taken.countDown();
            passed(taken);
            return sql.count(session);
        };
        var first = one.read(asked);
        var second = one.read(asked);
        return Set.of(await(first), await(second));
    }

    private static void passed(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void no_query_begins_when_those_before_it_took_as_long_as_one_may() throws Exception {
        var looks = new ArrayList<Integer>();
        var search = one.read(sql -> {
            for (int i = 0; i < 5; i++) {
                looks.add(sql.count("select count(*) from stripe"));
                ticks.addAndGet(LIMIT.toNanos() / 2);
            }
            return true;
        });

        assertThatThrownBy(() -> await(search))
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the queries of one request took more than 500ms (store.timeout)");
        assertThat(looks).hasSize(3);
        assertThat(await(counted())).isEqualTo(256);
    }

    @Test
    void what_is_read_at_once_is_the_same_whoever_changes_it_meanwhile() throws Exception {
        var seen = await(one.readAtOnce(sql -> {
            int before = sql.count("select count(*) from stripe");
            joined(one.change("other", more -> {
                more.update("insert into stripe (number) values (256)");
                more.update("insert into account (jid, domain) values ('a@localhost', 'localhost')");
            }));
            return new int[] {
                before, sql.count("select count(*) from stripe"), sql.count("select count(*) from account")
            };
        }));

        assertThat(seen).containsExactly(256, 256, 0);
        assertThat(await(counted())).isEqualTo(257);
        await(one.change("other", sql -> sql.update("delete from stripe where number = 256")));
    }

    private static void joined(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }
}
