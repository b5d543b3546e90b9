package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;

/** Nothing overflows the stack and nothing costs the square of its input: X17 and X19. */
class DeepAndLongTest {
    private static final int DEEP = 100_000;

    private static Element deep(String leaf) {
        return Element.parse("<a xmlns='u'>".replace("'", "\"") + "<a>".repeat(DEEP - 1) + leaf + "</a>".repeat(DEEP));
    }

    @Test
    void x17_a_tree_of_a_hundred_thousand_levels_is_read_written_compared_and_searched() {
        Element one = deep("<leaf>1</leaf>");
        Element other = deep("<leaf>1</leaf>");
        Element different = deep("<leaf>2</leaf>");

        assertThat(one.equals(other)).isTrue();
        assertThat(one.equals(different)).isFalse();
        assertThat(one.hashCode()).isEqualTo(other.hashCode());
        assertThat(one.size()).isEqualTo(one.toBytes().length);
        assertThat(XmlWriter.pretty().write(one).length).isGreaterThan(one.toBytes().length);
        assertThat(XmlWriter.canonical().write(one)).isNotEmpty();
        assertThat(XmlDiff.between(one, different))
                .get()
                .satisfies(diff -> assertThat(diff.path()).endsWith("/a/leaf/text()"));
        assertThat(Path.of("//leaf/text()").values(one)).containsExactly("1");
        assertThat(Path.of("//a//a//a//leaf").all(one)).hasSize(1);
    }

    @Test
    void x17_a_tree_built_from_the_leaf_up_takes_its_namespace_without_recursion() {
        Element built = Element.of("leaf");
        for (int i = 1; i < DEEP; i++) {
            built = Element.of("a").with(built);
        }
        Element root = Element.of("a", "u").with(built);

        assertThat(Path.of("//{u}leaf").first(root)).isPresent();
        assertThat(root.equals(deep("<leaf/>"))).isTrue();
    }

    /** 128 KiB are enough for a hundred thousand levels: nothing here goes deeper when a tree does. */
    private static void onASmallStack(Runnable work) {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, work, "a small stack", 128 * 1024);
        thread.setUncaughtExceptionHandler((t, thrown) -> failure.set(thrown));
        thread.start();
        assertThatCode(thread::join).doesNotThrowAnyException();
        assertThat(failure.get()).isNull();
    }

    @Test
    void x17_no_operation_needs_a_stack_as_deep_as_its_tree() {
        onASmallStack(() -> {
            Element one = deep("<leaf>1</leaf>");
            Element other = one.with("b", "it's");

            assertThat(one.toString().length()).isGreaterThan(DEEP);
            assertThat(one.toXml().equals(other.without("b").toXml())).isTrue();
            assertThat(one.toPrettyXml()).contains("<leaf>1</leaf>");
            assertThat(XmlWriter.canonical().write(other)).isNotEmpty();
            assertThat(other.size()).isEqualTo(other.toBytes().length);
            assertThat(one.equals(Element.parse(one.toBytes()))).isTrue();
            assertThat(one.hashCode()).isEqualTo(deep("<leaf>1</leaf>").hashCode());
            assertThat(Path.of("//leaf/text()").value(one)).hasValue("1");
            assertThat(XmlDiff.between(one, deep("<leaf>2</leaf>"))).isPresent();
            assertThat(one.with(Element.of("c"))
                            .upsert(Element.of("c").with("d", "1"))
                            .toBytes())
                    .isNotEmpty();
            assertThat(new NamespaceChange("u", "v").of(one).namespace()).isEqualTo("v");
        });
    }

    @Test
    void x17_a_deep_stanza_is_read_stamped_and_written_on_a_small_stack() {
        onASmallStack(() -> {
            var parser = StreamParser.ofFrames(XmlLimits.IN_MEMORY);
            for (int i = 0; i < 2; i++) {
                parser.feed(bytes("<a b='1'>".repeat(DEEP) + "</a>".repeat(DEEP)));
                Element read = ((StreamEvent.Whole) parser.next().orElseThrow()).element();

                assertThat(read.with("b", "2").toBytes()).hasSize(read.toBytes().length);
            }
        });
    }

    @XmlRootElement(name = "a", namespace = "u")
    static class Deep {}

    /** From JDK 24 on its parser has a limit of its own, which it says. */
    @Test
    void x17_a_deep_tree_goes_to_jaxb_and_to_a_source_on_a_small_stack() throws Exception {
        // classes that are loaded on a small stack want more of it than what they do
        Element shallow = Element.parse("<a xmlns='u'/>");
        shallow.as(Deep.class);
        TransformerFactory.newInstance()
                .newTransformer()
                .transform(shallow.toSource(), new StreamResult(new StringWriter()));
        onASmallStack(() -> {
            Element deep = deep("<leaf>1</leaf>");
            try {
                assertThat(deep.as(Deep.class)).isNotNull();
            } catch (IllegalArgumentException limit) {
                assertThat(limit).hasMessageStartingWith("<a xmlns='u'> cannot be read as ");
            }
            try {
                var out = new StringWriter();
                TransformerFactory.newInstance().newTransformer().transform(deep.toSource(), new StreamResult(out));
                assertThat(out.toString()).contains("<leaf>1</leaf>");
            } catch (TransformerException limit) {
                assertThat(limit).hasMessageContaining("maxElementDepth");
            }
        });
    }

    /** Processor time of this thread, the best of several, so that other work on the machine does not count. */
    private static long nanos(IntConsumer work, int size) {
        var threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = threads.getCurrentThreadCpuTime();
            work.accept(size);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    /** Eight times the input: a linear cost grows by 8, a square one by 64. */
    private static void assertLinear(IntConsumer work, int size) {
        work.accept(size);
        double ratio = 0;
        for (int attempt = 0; attempt < 5; attempt++) {
            ratio = (double) nanos(work, 8 * size) / nanos(work, size);
            if (ratio < 24) {
                return;
            }
        }
        assertThat(ratio).as("time for eight times the input").isLessThan(24);
    }

    private static StreamParser parser() {
        var parser = StreamParser.ofStream(new XmlLimits(16 << 20, 1 << 20, 1024, 1024));
        parser.feed(bytes("<r>"));
        parser.next();
        return parser;
    }

    private static int readBytewise(String stanza) {
        var parser = parser();
        int events = 0;
        for (byte b : bytes(stanza)) {
            parser.feed(new byte[] {b});
            events += parser.next().isPresent() ? 1 : 0;
        }
        return events;
    }

    @Test
    void x19_a_stanza_of_a_mebibyte_in_chunks_of_one_byte_is_linear() {
        int size = 1 << 17;
        assertThat(readBytewise("<a>" + "b".repeat(1 << 20) + "</a>")).isOne();
        assertLinear(n -> readBytewise("<a>" + "b".repeat(n) + "</a>"), size);
        assertLinear(n -> readBytewise("<a b='" + "c".repeat(n) + "'/>"), size);
        assertLinear(n -> readBytewise("<a><![CDATA[" + "]".repeat(n) + "]]></a>"), size);
        assertLinear(n -> readBytewise("<a>" + "<b/>x".repeat(n / 5) + "</a>"), size);
    }

    @Test
    void x19_ten_thousand_stanzas_in_one_chunk_are_linear() {
        assertThat(readAtOnce(10_000)).isEqualTo(10_000);
        assertLinear(DeepAndLongTest::readAtOnce, 1250);
    }

    private static int readAtOnce(int stanzas) {
        var parser = parser();
        parser.feed(bytes("<message to='bob@localhost'><body>Hi</body></message>\n".repeat(stanzas)));
        int events = 0;
        while (parser.next().isPresent()) {
            events++;
        }
        return events;
    }

    @Test
    void x19_text_in_many_pieces_is_linear() {
        assertLinear(n -> Element.parse("<a>" + "b<!---->".repeat(n) + "</a>"), 10_000);
        assertLinear(n -> Element.parse("<a>" + "<![CDATA[b]]>".repeat(n) + "</a>"), 10_000);
        assertLinear(n -> Element.parse("<a>" + "&lt;]".repeat(n) + "</a>"), 10_000);
    }

    @Test
    void x19_prefixes_of_deep_places_are_found_and_written_in_constant_time() {
        assertLinear(
                n -> Element.parse("<a xmlns:p='u'>" + "<a xmlns:q='%d'>".repeat(n) + "<p:b/>".repeat(n)
                                + "</a>".repeat(n + 1))
                        .toBytes(),
                2000);
    }

    @Test
    void x19_equality_differences_and_paths_are_linear() {
        assertLinear(
                n -> {
                    Element one = wide(n);
                    Element other = wide(n);
                    assertThat(one.equals(other)).isTrue();
                    assertThat(XmlDiff.between(one, other)).isEmpty();
                    assertThat(Path.of("//b//c").all(one)).hasSize(n);
                    assertThat(Path.of("b[%d]/c".formatted(n)).all(one)).hasSize(1);
                },
                1000);
    }

    private static Element wide(int n) {
        List<Element> children = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            children.add(Element.of("b").with("i", "" + i).with(Element.of("c")));
        }
        return Element.of("a", "u").with(children);
    }
}
