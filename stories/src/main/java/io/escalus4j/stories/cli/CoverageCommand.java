package io.escalus4j.stories.cli;

import io.escalus4j.stories.coverage.AtRest;
import io.escalus4j.stories.coverage.CoverageRun;
import io.escalus4j.stories.coverage.Git;
import io.escalus4j.stories.server.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code escalus coverage}: tells the stories one at a time, and writes down which lines each of them reaches. */
@Command(
        name = "coverage",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the stories one at a time on a server of our own, and writes down which lines each of them reaches:",
            "a map for 'escalus run --changed-since', and beside it a page to look at."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:written, but a story failed", "2:wrong option"})
final class CoverageCommand implements Callable<Integer> {
    static final String MAP = "target/story-map.json";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stories",
            paramLabel = "PATTERN",
            defaultValue = "*",
            description = "which stories; standard: all")
    private String pattern;

    @Option(
            names = "--map",
            paramLabel = "FILE",
            defaultValue = MAP,
            description = "the map; standard: ${DEFAULT-VALUE}")
    private Path map;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "standalone",
            description =
                    "standalone (the server in a JVM of its own) or embedded (all in one); standard: ${DEFAULT-VALUE}")
    private String target;

    @Option(
            names = "--no-client",
            negatable = true,
            defaultValue = "true",
            description = "measures the server's JVM alone")
    private boolean client;

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        try (var coverage = CoverageRun.of(Git.around(Path.of("").toAbsolutePath()), client)) {
            Outcome outcome = new StoryRun(Selection.of(pattern), settings(coverage))
                    .with(AtRest.class)
                    .tell(this::progress, coverage);
            coverage.write(map);
            var out = spec.commandLine().getOut();
            new OutcomeText(outcome).print(out);
            out.printf(
                    "%nmeasured: %d JVMs%nmap: %s%npage: %s%n",
                    coverage.jvms(), absolute(map), absolute(CoverageRun.page(map)));
            out.flush();
            return outcome.isGreen() ? Exit.OK : Exit.FAILURES;
        } catch (Git.GitException unclear) {
            throw new Exit.Because(Exit.USAGE, "%s", unclear.getMessage());
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private Map<String, String> settings(CoverageRun coverage) {
        var settings = new HashMap<String, String>();
        settings.put("junit.jupiter.execution.parallel.enabled", "false");
        settings.put("junit.jupiter.testclass.order.default", AtRest.First.class.getName());
        settings.put("escalus.history", "never");
        settings.put(ServerUnderTest.TARGET, target);
        settings.put(ServerUnderTest.STANDALONE_OPTIONS, coverage.agentOption());
        return settings;
    }

    private Progress progress(int stories) {
        PrintStream err = quiet ? new PrintStream(PrintStream.nullOutputStream()) : System.err;
        return Progress.of(stories, !quiet && System.console() != null, err);
    }
}
