package io.escalus4j.stories.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;

/**
 * The lines of a class that its probes stand for. Many stories reach the same lines of a class, such as those of a login:
 * each set of probes is looked at once. Confined to one thread.
 */
final class ClassLines {
    /** @param methods of the class, each with its first and its last line */
    record Lines(String source, int[] executable, int[] reached, List<StoryMap.Method> methods) {}

    private record Key(long id, int probes) {}

    private final ClassLoader loader;
    private final Map<Key, Map<String, Optional<Lines>>> known = new HashMap<>();

    ClassLines(ClassLoader loader) {
        this.loader = loader;
    }

    /** Nothing if the class is not the one that was measured, or has no lines. */
    Optional<Lines> of(ExecutionData data) {
        boolean[] probes = data.getProbes();
        return known.computeIfAbsent(new Key(data.getId(), Arrays.hashCode(probes)), none -> new HashMap<>())
                .computeIfAbsent(Arrays.toString(probes), none -> analyzed(data));
    }

    /** All lines of a class, none of them reached. */
    Optional<Lines> unreached(String className) {
        return analyzed(className, new ExecutionDataStore());
    }

    private Optional<Lines> analyzed(ExecutionData data) {
        var store = new ExecutionDataStore();
        store.put(data);
        return analyzed(data.getName(), store);
    }

    private Optional<Lines> analyzed(String className, ExecutionDataStore store) {
        try (InputStream bytes = loader.getResourceAsStream(className + ".class")) {
            if (bytes == null) {
                return Optional.empty();
            }
            var builder = new CoverageBuilder();
            new Analyzer(store, builder).analyzeClass(bytes, className);
            return builder.getNoMatchClasses().isEmpty()
                    ? builder.getClasses().stream().findFirst().map(ClassLines::lines)
                    : Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Lines lines(IClassCoverage coverage) {
        String source = coverage.getPackageName() + "/" + coverage.getSourceFileName();
        return new Lines(
                source,
                lines(coverage, status -> status != ICounter.EMPTY),
                lines(coverage, status -> status == ICounter.FULLY_COVERED || status == ICounter.PARTLY_COVERED),
                coverage.getMethods().stream()
                        .filter(method -> method.getFirstLine() > 0)
                        .map(method ->
                                new StoryMap.Method(method.getName(), method.getFirstLine(), method.getLastLine()))
                        .toList());
    }

    private static int[] lines(IClassCoverage coverage, IntPredicate wanted) {
        return IntStream.rangeClosed(coverage.getFirstLine(), coverage.getLastLine())
                .filter(line -> line > 0)
                .filter(line -> wanted.test(coverage.getLine(line).getStatus()))
                .toArray();
    }
}
