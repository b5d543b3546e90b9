package io.escalus4j.stories.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which stories reach which lines, as {@code story-map.json} has it. Immutable.
 *
 * @param revision of the sources, as git names it
 * @param changed files that were not as in that revision
 * @param jvms how many were measured at the same time
 * @param stories their names, {@code BindStory.a_client_gets_the_resource_it_asks_for}; the first is {@link #START}
 * @param sets of stories, by their numbers; lines refer to them
 * @param files by their paths from the root of the repository
 */
public record StoryMap(
        String revision,
        List<String> changed,
        int jvms,
        List<String> stories,
        List<List<Integer>> sets,
        Map<String, Source> files) {
    /** Not a story: what is reached when a server starts, and so by every story. */
    public static final String START = "(the start)";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param lines by their numbers, each with the number of its set; executable lines that no story reaches have none
     * @param unreached executable lines that no story reaches
     */
    public record Source(Map<Integer, Integer> lines, List<Integer> unreached, List<Method> methods) {
        boolean isExecutable(int line) {
            return lines.containsKey(line) || unreached.contains(line);
        }

        /** The smallest method around a line: a lambda before the method that it stands in. */
        Optional<Method> methodAt(int line) {
            return methods.stream()
                    .filter(method -> method.first() <= line && line <= method.last())
                    .min((a, b) -> Integer.compare(a.last() - a.first(), b.last() - b.first()));
        }
    }

    /** A method and its first and last executable line. */
    public record Method(String name, int first, int last) {}

    /** Those that reach this line. */
    TreeSet<String> storiesAt(Source source, int line) {
        return storiesAt(source, Stream.of(line));
    }

    TreeSet<String> storiesIn(Source source, int first, int last) {
        return storiesAt(source, source.lines().keySet().stream().filter(line -> first <= line && line <= last));
    }

    private TreeSet<String> storiesAt(Source source, Stream<Integer> lines) {
        var names = new TreeSet<String>();
        lines.map(source.lines()::get)
                .filter(set -> set != null)
                .distinct()
                .forEach(set -> sets.get(set).forEach(story -> names.add(stories.get(story))));
        return names;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, toJson());
    }

    /** @throws IOException if it is not there, or no such map */
    static StoryMap read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), StoryMap.class);
    }
}
