package io.escalus4j.server.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.escalus4j.server.config.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.h2.engine.Constants;

/** Where the two databases differ: how they are connected to, and when a commit is on disk. Thread-safe. */
enum Dialect {
    H2 {
        @Override
        String url(String given) {
            return given + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"
                    + ";TRACE_LEVEL_FILE=0";
        }

        @Override
        void configure(HikariConfig pool, Duration timeout) {
            // the database closes with its last connection, so none may grow old, nor go because a statement was slow
            pool.setMaxLifetime(0);
            pool.setExceptionOverride(new KeptWhenSlow());
            pool.setConnectionInitSql("set lock_timeout %1$d; set query_timeout %1$d".formatted(timeout.toMillis()));
        }

        @Override
        void afterCommit(Connection connection, Checkpoints checkpoints) throws SQLException {
            checkpoints.await(connection);
        }

        /** What H2 calls repeatable read is that for each table by itself. */
        @Override
        int snapshot() {
            return Constants.TRANSACTION_SNAPSHOT;
        }
    },

    POSTGRESQL {
        @Override
        String url(String given) {
            return given;
        }

        @Override
        void configure(HikariConfig pool, Duration timeout) {
            pool.addDataSourceProperty("reWriteBatchedInserts", "true");
            pool.addDataSourceProperty("ApplicationName", "escalus4j");
            // a statement ends by itself; a server that has vanished does not even say that
            pool.addDataSourceProperty("socketTimeout", "" + (2 + timeout.toSeconds()));
            pool.setConnectionInitSql("set statement_timeout = %d".formatted(timeout.toMillis()));
        }

        /** PostgreSQL says that it has committed when it is on disk. */
        @Override
        void afterCommit(Connection connection, Checkpoints checkpoints) {}

        @Override
        int snapshot() {
            return Connection.TRANSACTION_REPEATABLE_READ;
        }
    };

    static {
        // H2 looks up each value in a cache of all threads, which costs more than the memory that it saves
        if (System.getProperty("h2.objectCache") == null) {
            System.setProperty("h2.objectCache", "false");
        }
    }

    static Dialect of(String url) {
        return url.startsWith("jdbc:h2:") ? H2 : POSTGRESQL;
    }

    abstract String url(String given);

    /** Whether this is a file that would be made by being opened. */
    boolean isMissing(String given) {
        String file = given.replaceFirst("[?;].*", "").replaceFirst("^jdbc:h2:(file:)?", "");
        boolean isFile = this == H2 && !file.startsWith("mem:") && !file.startsWith("tcp:");
        return isFile && !Files.exists(Path.of(file + ".mv.db"));
    }

    abstract void configure(HikariConfig pool, Duration timeout);

    abstract void afterCommit(Connection connection, Checkpoints checkpoints) throws SQLException;

    /** The isolation level at which all statements of a transaction see the same, in whatever tables. */
    abstract int snapshot();

    HikariConfig pool(String given, StoreConfig config) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url(given));
        config.user().ifPresent(pool::setUsername);
        config.password().ifPresent(pool::setPassword);
        pool.setPoolName("store");
        pool.setMaximumPoolSize(config.connections());
        pool.setConnectionTimeout(Math.max(250, config.timeout().toMillis()));
        configure(pool, config.timeout());
        return pool;
    }

    private static final class KeptWhenSlow implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failed) {
            return failed instanceof SQLTimeoutException ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
