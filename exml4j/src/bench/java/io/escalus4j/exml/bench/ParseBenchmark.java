package io.escalus4j.exml.bench;

import io.escalus4j.exml.Element;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Bytes to events and to trees; one operation reads one batch of {@link Corpus}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ParseBenchmark {
    /** What was read: JMH divides by the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Read {
        public long bytes;
        public long stanzas;
    }

    /** {@code tree} as a parser builds it, {@code read}: ours with each name, value and text asked for. */
    @Param({
        "exml4j-tree", "exml4j-read", "aalto-tree", "woodstox-tree", "jdk-tree", "sax-tree", "aalto-events", "woodstox-events",
        "jdk-events", "sax-events"
    })
    public String parser;

    @Param({"CHAT", "PRESENCE", "MESSAGE", "ROSTER"})
    public Corpus input;

    /** How many bytes come at a time; 0 is one stanza. */
    @Param("0")
    public int chunk;

    private Rival rival;
    private byte[] batch;

    @Setup
    public void start() throws Exception {
        boolean trees = !parser.endsWith("-events");
        rival = switch (parser.substring(0, parser.indexOf('-'))) {
            case "exml4j" -> new Rival.Exml4j();
            case "aalto" -> new Rival.Aalto(trees);
            case "woodstox" -> Rival.Stax.woodstox(trees);
            case "jdk" -> Rival.Stax.jdk(trees);
            default -> new Rival.Sax(trees);
        };
        batch = rival.isIncremental() ? input.batch() : input.document();
    }

    @Benchmark
    public void parse(Read read, Blackhole hole) throws Exception {
        Consumer<Object> taker = parser.equals("exml4j-read")
                ? found -> hole.consume(Rival.Exml4j.touch((Element) found))
                : hole::consume;
        if (!rival.isIncremental()) {
            rival.read(batch, 0, batch.length, taker);
        } else if (chunk == 0) {
            for (byte[] stanza : input.stanzas()) {
                rival.read(stanza, 0, stanza.length, taker);
            }
        } else {
            for (int at = 0; at < batch.length; at += chunk) {
                rival.read(batch, at, Math.min(chunk, batch.length - at), taker);
            }
        }
        read.bytes += batch.length;
        read.stanzas += input.stanzas().size();
    }
}
