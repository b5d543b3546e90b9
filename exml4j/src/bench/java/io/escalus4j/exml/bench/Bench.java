package io.escalus4j.exml.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs what JMH's own options choose, counts allocations, and leaves tables and a chart of the results. Or, with
 * {@code --docs}, the folder of the documentation and {@code java} commands, all that is told there, on each of these.
 */
public final class Bench {
    private static final String[] OTHERS = {
        "exml4j-read", "woodstox-tree", "jdk-tree", "sax-tree", "aalto-events", "woodstox-events", "jdk-events", "sax-events"
    };

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 2 && arguments[0].equals("--docs")) {
            page(Path.of(arguments[1]), Arrays.asList(arguments).subList(2, arguments.length));
            return;
        }
        var chosen = new CommandLineOptions(arguments);
        var target = Path.of(chosen.getResult().orElse("target/benchmarks.json"));
        var results = new Runner(new OptionsBuilder()
                        .parent(chosen)
                        .addProfiler(GCProfiler.class)
                        .result(target.toString())
                        .resultFormat(ResultFormatType.JSON)
                        .build())
                .run();
        Report.of(results).write(target.toAbsolutePath().getParent());
    }

    private static void page(Path docs, List<String> commands) throws Exception {
        var page = new Page(docs);
        var reports = new ArrayList<Report>();
        for (String java : commands) {
            var results = new ArrayList<RunResult>();
            // what the goals compare gets most of the time
            results.addAll(run(java, 2, parsing("0").param("parser", "exml4j-tree", "aalto-tree")));
            results.addAll(run(java, 2, parsing("1460").param("parser", "exml4j-tree")));
            results.addAll(run(java, 1, parsing("0").param("parser", OTHERS)));
            results.addAll(run(java, 1, parsing("4096", "1").param("parser", "exml4j-tree")));
            results.addAll(run(java, 2, new OptionsBuilder().include("WriteBenchmark")));
            reports.add(Report.of(results));
        }
        page.write(reports);
    }

    private static ChainedOptionsBuilder parsing(String... chunks) {
        return new OptionsBuilder().include("ParseBenchmark").param("chunk", chunks);
    }

    /** About three seconds for each fork. */
    private static List<RunResult> run(String java, int forks, ChainedOptionsBuilder options) throws RunnerException {
        var time = TimeValue.milliseconds(500);
        return List.copyOf(new Runner(options.jvm(java)
                        .forks(forks)
                        .warmupIterations(2)
                        .warmupTime(time)
                        .measurementIterations(3)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run());
    }
}
