package io.escalus4j.exml.bench;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.exml.Text;
import io.escalus4j.exml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Trees to bytes; one operation writes one batch of {@link Corpus} to the stream that it came from. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class WriteBenchmark {
    @Param({"CHAT", "PRESENCE", "MESSAGE", "ROSTER"})
    public Corpus input;

    /**
     * {@code parsed}: forwarded as it came; {@code stamped}: with another {@code from}; {@code built}: made by hand. The others
     * are the writers of StAX, with the least trees.
     */
    @Param({"parsed", "stamped", "built", "aalto", "woodstox", "jdk"})
    public String tree;

    private final List<Element> stanzas = new ArrayList<>();
    private XmlWriter writer;
    private List<Object> trees = List.of();
    private @Nullable Pen pen;

    @Setup
    public void start() throws Exception {
        if (!List.of("parsed", "stamped", "built").contains(tree)) {
            trees = Pen.trees(input);
            pen = Pen.of(tree);
            return;
        }
        var parser = new Rival.Exml4j();
        input.stanzas().forEach(stanza -> parser.read(stanza, 0, stanza.length, found -> {}));
        // once more, as on a stream that has been open for a while: its names are known
        input.stanzas().forEach(stanza -> parser.read(stanza, 0, stanza.length, found -> stanzas.add((Element) found)));
        if (tree.equals("built")) {
            stanzas.replaceAll(WriteBenchmark::rebuilt);
        }
        writer = XmlWriter.inStream(
                XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", "jabber:client"));
    }

    /** Made of strings, as somebody does who answers a request. */
    private static Element rebuilt(Element element) {
        Element copy = Element.of(element.name(), element.namespace());
        for (var attribute : element.attributes()) {
            copy = attribute.isDeclaration() ? copy : copy.with(attribute.qualifiedName(), attribute.value());
        }
        var children = new ArrayList<Node>();
        element.children()
                .forEach(child -> children.add(
                        child instanceof Element inner ? rebuilt(inner) : Text.of(((Text) child).value())));
        return copy.with(children);
    }

    @Benchmark
    public void write(ParseBenchmark.Read written, Blackhole hole) throws Exception {
        if (pen != null) {
            for (Object stanza : trees) {
                take(pen.write((Tree) stanza), written, hole);
            }
            return;
        }
        boolean stamps = tree.equals("stamped");
        for (Element stanza : stanzas) {
            take(writer.write(stamps ? stanza.with("from", "alice@localhost/desk") : stanza), written, hole);
        }
    }

    private static void take(byte[] bytes, ParseBenchmark.Read written, Blackhole hole) {
        written.bytes += bytes.length;
        written.stanzas++;
        hole.consume(bytes);
    }
}
