package io.escalus4j.stories.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources of a repository whose modules keep them as Maven does. Confined to one thread. */
final class Sources {
    private static final String MAIN = "src/main/java";

    private final Path root;
    private final Map<String, Optional<String>> known = new HashMap<>();

    Sources(Path root) {
        this.root = root;
    }

    /** {@code io/escalus4j/server/Main.java} is {@code server/src/main/java/io/escalus4j/server/Main.java}. */
    Optional<String> path(String source) {
        return known.computeIfAbsent(source, this::found);
    }

    private Optional<String> found(String source) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve(MAIN).resolve(source))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(file -> root.relativize(file).toString().replace('\\', '/'));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
