package io.escalus4j.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a server keeps its data.
 *
 * @param url of JDBC, {@code jdbc:postgresql:} or {@code jdbc:h2:}; empty: an H2 file in the directory of the data
 * @param user of the database
 * @param password of that user
 * @param connections to the database, and threads that use them
 * @param queue how many requests may wait for a connection; beyond that the answer is {@code resource-constraint}
 * @param timeout of one statement, and of the wait for a connection
 */
public record StoreConfig(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        int connections,
        int queue,
        Duration timeout) {
    public static final StoreConfig STANDARD =
            new StoreConfig(Optional.empty(), Optional.empty(), Optional.empty(), 8, 1000, Duration.ofSeconds(10));

    public StoreConfig {
        url.ifPresent(text -> Require.that(
                text.startsWith("jdbc:postgresql:") || text.startsWith("jdbc:h2:"),
                "url must begin with jdbc:postgresql: or jdbc:h2:, was '%s'",
                withoutSecrets(text)));
        Require.atLeast("connections", 1, connections);
        Require.atLeast("queue", 1, queue);
        Require.that(timeout.toMillis() >= 100, "timeout must be at least 100ms, was %dms", timeout.toMillis());
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("[?;].*", "");
    }

    public StoreConfig at(String jdbc) {
        return new StoreConfig(Optional.of(jdbc), user, password, connections, queue, timeout);
    }

    /** Without the password, which may be in the URL too. */
    @Override
    public String toString() {
        return "StoreConfig[url=%s, connections=%d, queue=%d, timeout=%s]"
                .formatted(url.map(StoreConfig::withoutSecrets).orElse(""), connections, queue, timeout);
    }
}
