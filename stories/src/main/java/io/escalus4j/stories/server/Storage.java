package io.escalus4j.stories.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where a server of ours keeps its data while the stories are told: {@code memory} (the standard), {@code h2} (a file that
 * is deleted afterwards), {@code postgresql} (one that is started for the stories, unless the environment names one that
 * runs), or the URL of a PostgreSQL that runs already, as in {@code jdbc:postgresql://localhost/stories}.
 */
public record Storage(String name) {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** The environment's word for which PostgreSQL {@code postgresql} is. */
    private static final String VARIABLE = "ESCALUS_POSTGRESQL";

    public Storage {
        name = name.equals("postgresql") ? postgresql() : name;
        if (!name.equals("memory") && !name.equals("h2") && !name.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException(
                    "store '%s' is unknown, it must be memory, h2, postgresql or the URL of a PostgreSQL that runs, as in %s//localhost/stories?user=me"
                            .formatted(name.replaceFirst("[?;].*", ""), POSTGRESQL));
        }
    }

    private static String postgresql() {
        String url = System.getenv(VARIABLE);
        return url == null ? OwnPostgresql.url() : url;
    }

    boolean isMemory() {
        return name.equals("memory");
    }

    boolean isPostgresql() {
        return name.startsWith(POSTGRESQL);
    }

    static Path freshFolder() {
        try {
            return Files.createTempDirectory("escalus-stories");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
