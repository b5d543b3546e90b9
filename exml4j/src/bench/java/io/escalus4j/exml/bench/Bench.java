package io.escalus4j.exml.bench;

import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs what JMH's own options choose, counts allocations, and leaves tables and a chart of the results. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var chosen = new CommandLineOptions(arguments);
        var target = Path.of(chosen.getResult().orElse("target/benchmarks.json"));
        var results = new Runner(new OptionsBuilder()
                        .parent(chosen)
                        .addProfiler(GCProfiler.class)
                        .result(target.toString())
                        .resultFormat(ResultFormatType.JSON)
                        .build())
                .run();
        Report.write(results, target.toAbsolutePath().getParent());
    }
}
