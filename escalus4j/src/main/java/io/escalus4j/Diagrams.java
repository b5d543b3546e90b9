package io.escalus4j;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each telling of a story a file of its own in one run, repeated and parallel ones too. Thread-safe. */
public final class Diagrams {
    private static final int MAX_NAME = 120;
    private final Path directory;
    private final Set<Path> given = ConcurrentHashMap.newKeySet();

    public Diagrams(Path directory) {
        this.directory = directory;
    }

    /** For example {@code target/stories/ChatStory/hello.html}, then {@code hello-2.html}. */
    public Path reserve(String group, String story) {
        Path folder = directory.resolve(plain(group));
        String name = plain(story);
        Path file = folder.resolve(name + ".html");
        for (int n = 2; !given.add(file); n++) {
            file = folder.resolve("%s-%d.html".formatted(name, n));
        }
        return file;
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceFirst("^[.-]+", "");
        return plain.isEmpty() ? "story" : plain.substring(0, Math.min(MAX_NAME, plain.length()));
    }
}
