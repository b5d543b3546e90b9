package io.escalus4j.stories.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** A PostgreSQL for all stories of this JVM, which ends and is forgotten with it. */
final class OwnPostgresql {
    private OwnPostgresql() {}

    private static final class Running {
        static final String URL = start();

        /** Many who listen, none who waits for a disk that is thrown away anyway. */
        private static String start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start()
                        .getJdbcUrl("postgres", "postgres");
            } catch (IOException | RuntimeException failed) {
                throw new IllegalArgumentException(
                        "no PostgreSQL can be started here (%s), give the URL of one that runs"
                                .formatted(failed.getMessage()),
                        failed);
            }
        }
    }

    /** @throws IllegalArgumentException if this machine cannot run what Maven Central has for it */
    static String url() {
        try {
            return Running.URL;
        } catch (ExceptionInInitializerError failed) {
            throw (IllegalArgumentException) failed.getCause();
        }
    }
}
