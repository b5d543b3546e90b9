package io.escalus4j.server.store.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * Does work on a pool of connections, with a thread for each: nobody who asks is blocked. Thread-safe.
 *
 * <p>As many requests as the configuration says may wait; the stage of one more fails with
 * {@link StoreUnavailableException}, as does one that meets a database that cannot be reached. What is written is on
 * disk when its stage is done. Changes of one owner do not overlap, on this server or on another one.
 */
final class Database implements AutoCloseable {
    private static final int STRIPES = 256;
    private static final int TRIES = 5;
    private static final int LONGEST_CHAIN = 10;
    private static final int LONGEST_END_SECONDS = 5;
    /** Deadlocks and conflicts that another try gets over. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "90131");
    /** SQLSTATE classes: connections, resources, an operator's intervention. */
    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58");
    /** H2: I/O errors, closed databases, time-outs. */
    private static final Set<String> H2_TROUBLE = Set.of("90007", "90028", "90031", "90067", "90098", "90121", "HYT00");

    private final Dialect dialect;
    private final HikariDataSource pool;
    private final ThreadPoolExecutor threads;
    private final long timeout;
    private final LongSupplier ticks;
    private final Checkpoints checkpoints = new Checkpoints();

    Database(Dialect dialect, HikariDataSource pool, StoreConfig config) {
        this(dialect, pool, config, System::nanoTime);
    }

    Database(Dialect dialect, HikariDataSource pool, StoreConfig config, LongSupplier ticks) {
        this.dialect = dialect;
        this.pool = pool;
        this.threads = threads(config);
        this.timeout = config.timeout().toNanos();
        this.ticks = ticks;
    }

    private static ThreadPoolExecutor threads(StoreConfig config) {
        var threads = new ThreadPoolExecutor(
                config.connections(),
                config.connections(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queue()),
                StoreThreads.named("store-"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    interface Work<T> {
        T on(Sql sql) throws SQLException;
    }

    interface Change {
        void on(Sql sql) throws SQLException;
    }

    /** Looks once, and changes nothing. No query begins when those before it took as long as one may take. */
    <T> CompletionStage<T> read(Work<T> work) {
        return submit(connection -> work.on(new Sql(connection, patience())));
    }

    private Sql.Patience patience() {
        long end = ticks.getAsLong() + timeout;
        return () -> {
            if (ticks.getAsLong() - end > 0) {
                throw new SQLTimeoutException("the queries of one request took more than %dms (store.timeout)"
                        .formatted(TimeUnit.NANOSECONDS.toMillis(timeout)));
            }
        };
    }

    /** Looks more than once, and sees the same each time, whoever changes it meanwhile; the pool puts the connection right again. */
    <T> CompletionStage<T> readAtOnce(Work<T> work) {
        return submit(connection -> {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(dialect.snapshot());
            return transaction(connection, new Sql(connection, patience()), work);
        });
    }

    /** Does all of {@code work} or nothing, while nobody else changes what is {@code owner}'s; it may run more than once. */
    <T> CompletionStage<T> write(Object owner, Work<T> work) {
        return submit(connection -> {
            T outcome = persistently(connection, sql -> {
                sql.first("select number from stripe where number = ? for update", row -> true, stripe(owner));
                return work.on(sql);
            });
            dialect.afterCommit(connection, checkpoints);
            return outcome;
        });
    }

    /** {@link #change} of what is many owners', which waits for none of them: for rows that are only added, or taken one by one. */
    <T> CompletionStage<T> writeUnlocked(Work<T> work) {
        return submit(connection -> {
            T outcome = persistently(connection, work);
            dialect.afterCommit(connection, checkpoints);
            return outcome;
        });
    }

    /** {@link #write} of what has no outcome. */
    CompletionStage<Void> change(Object owner, Change change) {
        return this.<Boolean>write(owner, sql -> {
                    change.on(sql);
                    return true;
                })
                .thenAccept(done -> {});
    }

    // ---- transactions

    private static <T> T persistently(Connection connection, Work<T> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return transaction(connection, new Sql(connection), work);
            } catch (SQLException failed) {
                if (tries == TRIES || !CONFLICTS.contains(String.valueOf(failed.getSQLState()))) {
                    throw failed;
                }
            }
        }
    }

    private static <T> T transaction(Connection connection, Sql sql, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T outcome = work.on(sql);
            connection.commit();
            return outcome;
        } catch (SQLException | RuntimeException failed) {
            rollBack(connection, failed);
            throw failed;
        }
    }

    /** The same on every server, whatever its Java: how a string's hash is made is specified. */
    private static int stripe(Object owner) {
        return Math.floorMod(owner.toString().hashCode(), STRIPES);
    }

    private static void rollBack(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            failed.addSuppressed(gone);
        }
    }

    // ---- threads

    private interface Task<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> CompletionStage<T> submit(Task<T> task) {
        var outcome = new CompletableFuture<T>();
        try {
            threads.execute(() -> run(task, outcome));
        } catch (RejectedExecutionException full) {
            outcome.completeExceptionally(
                    new StoreUnavailableException("%d requests wait for the database".formatted(waiting()), full));
        }
        return outcome;
    }

    /** The connection is back in the pool before anybody hears of the outcome: what follows may want it. */
    private <T> void run(Task<T> task, CompletableFuture<T> outcome) {
        T result;
        try (var connection = pool.getConnection()) {
            result = task.on(connection);
        } catch (SQLException failed) {
            if (isClosedFile(failed)) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            outcome.completeExceptionally(explained(failed));
            return;
        } catch (RuntimeException | Error failed) {
            outcome.completeExceptionally(failed);
            return;
        }
        outcome.complete(result);
    }

    private static RuntimeException explained(SQLException failed) {
        return isTrouble(failed)
                ? new StoreUnavailableException("the database cannot be used now: " + failed.getMessage(), failed)
                : new IllegalStateException("a statement failed: " + failed.getMessage(), failed);
    }

    /**
     * H2 closes a file that it could not write to; it opens it again when the last connection to it is gone. What its
     * transactions tell of each other, such as a lock that another one holds, says nothing of the file.
     */
    private static boolean isClosedFile(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN) // H2's may have a loop
                .anyMatch(cause -> cause instanceof MVStoreException store
                        && store.getErrorCode() < DataUtils.ERROR_TRANSACTION_CORRUPT);
    }

    private static boolean isTrouble(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return failed instanceof SQLTransientException
                || isClosedFile(failed)
                || failed instanceof SQLRecoverableException
                || failed instanceof SQLNonTransientConnectionException
                || H2_TROUBLE.contains(state)
                || state.length() == 5 && TROUBLE.contains(state.substring(0, 2));
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** Lets what waits be done, within bounds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        pool.close();
    }
}
