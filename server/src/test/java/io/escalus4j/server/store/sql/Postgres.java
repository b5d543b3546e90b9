package io.escalus4j.server.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL for all tests of this JVM; it ends with the JVM. */
public final class Postgres {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private Postgres() {}

    private static final class Running {
        /** Many who listen, none who waits for a disk that is thrown away anyway. */
        static final EmbeddedPostgres DATABASE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** The URL of a schema that nobody else has. */
    public static String freshSchema() {
        String schema = "test" + SCHEMAS.incrementAndGet();
        execute("create schema " + schema);
        return Running.DATABASE.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    }

    /** Runs a statement as the administrator of the database. */
    public static void execute(String statement) {
        try (var connection = Running.DATABASE.getPostgresDatabase().getConnection();
                var executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
