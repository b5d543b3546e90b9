package io.escalus4j.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/storage.md tells of each table that there is, and since which version of the schema. */
class StorageDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "storage.md");
    private static final Path STEPS = Path.of("src/main/resources/io/escalus4j/server/store/sql");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z_`, ]+`) \\| .* \\| (\\d+) \\|$");
    private static final Pattern TABLE = Pattern.compile("`([a-z_]+)`");
    private static final Pattern CREATED = Pattern.compile("create table ([a-z_]+)");

    @Test
    void every_table_of_the_schema_has_its_row() throws SQLException, IOException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (var stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            assertThat(stores).isNotNull();
            assertThat(told().keySet()).containsExactlyInAnyOrderElementsOf(Tables.names(url));
        }
    }

    @Test
    void each_row_says_since_which_version() throws IOException {
        var told = told();
        told.remove("schema_history"); // Flyway's own

        assertThat(told).isEqualTo(created());
    }

    private static Map<String, Integer> told() throws IOException {
        var told = new TreeMap<String, Integer>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> TABLE.matcher(row.group(1))
                        .results()
                        .forEach(table -> told.put(table.group(1), Integer.valueOf(row.group(2)))));
        return told;
    }

    private static Map<String, Integer> created() throws IOException {
        var created = new TreeMap<String, Integer>();
        try (var steps = Files.list(STEPS)) {
            steps.forEach(step -> {
                int version = Integer.parseInt(step.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
                tables(step).forEach(table -> created.put(table, version));
            });
        }
        return created;
    }

    private static Stream<String> tables(Path step) {
        try {
            return CREATED.matcher(Files.readString(step)).results().map((MatchResult found) -> found.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
