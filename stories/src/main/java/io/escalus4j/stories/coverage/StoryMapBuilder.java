package io.escalus4j.stories.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.tools.ExecFileLoader;

/** Gathers what each story reaches, and makes the map of it. Confined to one thread. */
final class StoryMapBuilder {
    private final Sources sources;
    private final ClassLines classes;
    private final List<String> stories = new ArrayList<>(List.of(StoryMap.START));
    private final Map<String, Gathered> files = new TreeMap<>();

    private static final class Gathered {
        final Map<Integer, BitSet> reached = new TreeMap<>();
        final TreeSet<Integer> executable = new TreeSet<>();
        final Set<StoryMap.Method> methods = new LinkedHashSet<>();
    }

    StoryMapBuilder(Sources sources, ClassLoader loader) {
        this.sources = sources;
        this.classes = new ClassLines(loader);
    }

    /** What {@code story} has reached; a story that is told twice counts once. */
    void add(String story, ExecutionDataStore reached) {
        if (!stories.contains(story)) {
            stories.add(story);
        }
        int number = stories.indexOf(story);
        reached.getContents().forEach(data -> classes.of(data).ifPresent(lines -> add(number, lines)));
    }

    private void add(int story, ClassLines.Lines lines) {
        gathered(lines).ifPresent(file -> {
            for (int line : lines.reached()) {
                file.reached.computeIfAbsent(line, none -> new BitSet()).set(story);
            }
        });
    }

    private Optional<Gathered> gathered(ClassLines.Lines lines) {
        return sources.path(lines.source()).map(path -> {
            Gathered file = files.computeIfAbsent(path, none -> new Gathered());
            for (int line : lines.executable()) {
                file.executable.add(line);
            }
            file.methods.addAll(lines.methods());
            return file;
        });
    }

    /** The classes that nobody reaches have lines, too. */
    void addAllClasses(List<Path> classPath) {
        classPath.forEach(entry ->
                classNames(entry).forEach(name -> classes.unreached(name).ifPresent(this::gathered)));
    }

    private static List<String> classNames(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                return classNames(entry, entry).toList();
            }
            try (var jar = FileSystems.newFileSystem(entry)) {
                return classNames(jar.getPath("/"), jar.getPath("/")).toList();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Stream<String> classNames(Path root, Path from) throws IOException {
        return Files.walk(from)
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(name -> name.startsWith("io/escalus4j/") && name.endsWith(".class"))
                .map(name -> name.substring(0, name.length() - ".class".length()));
    }

    /** What unit tests and stories in one JVM have reached, if {@code mvn verify} has run on these very classes; by file. */
    Map<String, TreeSet<Integer>> whiteBox(Path root) throws IOException {
        var loader = new ExecFileLoader();
        try (var files = Files.find(root, 3, (file, attributes) -> isWhiteBox(root.relativize(file)))) {
            for (Path file : files.toList()) {
                loader.load(file.toFile());
            }
        }
        var reached = new TreeMap<String, TreeSet<Integer>>();
        loader.getExecutionDataStore()
                .getContents()
                .forEach(data -> classes.of(data)
                        .ifPresent(lines -> sources.path(lines.source()).ifPresent(path -> {
                            for (int line : lines.reached()) {
                                reached.computeIfAbsent(path, none -> new TreeSet<>())
                                        .add(line);
                            }
                        })));
        return reached;
    }

    private static boolean isWhiteBox(Path file) {
        return file.endsWith(Path.of("target", "whitebox.exec")) || file.endsWith(Path.of("target", "embedded.exec"));
    }

    StoryMap build(String revision, List<String> changed, int jvms) {
        var sets = new LinkedHashMap<BitSet, Integer>();
        var made = new TreeMap<String, StoryMap.Source>();
        files.forEach((path, file) -> made.put(path, source(file, sets)));
        return new StoryMap(
                revision,
                changed,
                jvms,
                stories,
                sets.keySet().stream().map(set -> set.stream().boxed().toList()).toList(),
                made);
    }

    private static StoryMap.Source source(Gathered file, Map<BitSet, Integer> sets) {
        var lines = new TreeMap<Integer, Integer>();
        file.reached.forEach((line, stories) -> {
            sets.putIfAbsent(stories, sets.size());
            lines.put(line, sets.get(stories));
        });
        var unreached = file.executable.stream()
                .filter(line -> !lines.containsKey(line))
                .toList();
        return new StoryMap.Source(lines, unreached, List.copyOf(file.methods));
    }
}
