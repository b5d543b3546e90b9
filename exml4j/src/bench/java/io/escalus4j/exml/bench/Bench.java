package io.escalus4j.exml.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs what JMH's own options choose, counts allocations. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var chosen = new CommandLineOptions(arguments);
        new Runner(new OptionsBuilder()
                        .parent(chosen)
                        .addProfiler(GCProfiler.class)
                        .result(chosen.getResult().orElse("target/benchmarks.json"))
                        .resultFormat(ResultFormatType.JSON)
                        .build())
                .run();
    }
}
