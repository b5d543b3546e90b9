package io.escalus4j.stories.coverage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Listens to a run in which one story is told at a time, and takes down what each has reached. What a server does about a
 * story after its last client has said good-bye counts for the next one. Confined to the thread that tells the stories.
 */
public final class CoverageRun implements TestExecutionListener, AutoCloseable {
    private final Git git;
    private final Probes probes;
    private final StoryMapBuilder builder;
    private int jvms;

    private CoverageRun(Git git, Probes probes) {
        this.git = git;
        this.probes = probes;
        this.builder = new StoryMapBuilder(new Sources(git.root()), CoverageRun.class.getClassLoader());
    }

    /**
     * @param git whose sources are measured
     * @param here whether this JVM is measured too, if it has an agent
     */
    public static CoverageRun of(Git git, boolean here) throws IOException {
        return new CoverageRun(git, Probes.open(here));
    }

    /** For the server's JVM. */
    public String agentOption() {
        return probes.agentOption();
    }

    /** How many JVMs are measured. */
    public int jvms() {
        return jvms;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            builder.add(name(test), probes.take());
            jvms = Math.max(jvms, probes.jvms());
        }
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .filter(source -> !source.getClassName().equals(AtRest.class.getName()))
                .map(source -> source.getClassName().replaceFirst(".*\\.", "") + '.' + source.getMethodName())
                .orElse(StoryMap.START);
    }

    /** Writes the map and the page that shows it. */
    public void write(Path file) throws IOException {
        builder.addAllClasses(measured());
        StoryMap map = builder.build(git.head(), changed(), jvms);
        map.write(file);
        StoryMapPage.write(map, builder.whiteBox(git.root()), git.root(), page(file));
    }

    /** {@code story-map.html} for {@code story-map.json}. */
    public static Path page(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", "") + ".html");
    }

    private List<String> changed() {
        return git.diff("HEAD").stream().map(FileDiff::path).toList();
    }

    /** Our own classes, in jars or as Maven compiles them. */
    private static List<Path> measured() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().matches("(exml4j|escalus4j).*\\.jar")
                        || entry.endsWith(Path.of("target", "classes")))
                .toList();
    }

    @Override
    public void close() throws IOException {
        probes.close();
    }
}
