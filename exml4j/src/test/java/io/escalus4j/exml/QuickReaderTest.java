package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read quickly, since its names were met before, is read as if it were not; and is written as if it had been built. */
class QuickReaderTest {
    private static final String WORDS =
            "<a xmlns='u' b='' c='' xml:lang='' abcdefghijklmnop=''><d/><abcdefgh/><e-1/></a>"
                    + "<a xmlns='v'/><a xmlns=''/><a n17_characters_al=''/>";

    static Stream<String> anything() {
        return Stream.of(
                "<a/>",
                "<a></a>",
                "<a ></a>",
                "<a b=''/>",
                "<a b='1' c='2'/>",
                "<a b='1'  c='2'/>",
                "<a b='1'c='2'/>",
                "<a b = '1'/>",
                "<a b=\"it's\"/>",
                "<a b=\"1\"/>",
                "<a b='\"'/>",
                "<a b='1' b='2'/>",
                "<a b='1' xmlns='u' b='2'/>",
                "<a xmlns='u'><d/></a>",
                "<a xmlns='u'><d xmlns='v'/><d xmlns=''/></a>",
                "<a xmlns='u&apos;'/>",
                "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
                "<a xml:lang='en' xmlns:p='u'/>",
                "<p:a xmlns:p='u'/>",
                "<a n17_characters_al='1'/>",
                "<abcdefgh abcdefghijklmnop='1'/>",
                "<e-1/>",
                "<d>1 &lt; 2 &gt; 0 &amp; &apos;&quot;</d>",
                "<d>a > b ]] > ]></d>",
                "<d>]]></d>",
                "<d>&#65;</d>",
                "<d>&unknown;</d>",
                "<d>&am</d>",
                "<d>é 中 \uD834\uDD1E\u0085\u2028</d>",
                "<d>\uFFFE</d>",
                "<d>tab\tline\nreturn\r\n</d>",
                "<d>\u0001</d>",
                "<a b='&lt;&gt;&amp;&quot;&apos;>é'/>",
                "<a b='<'/>",
                "<a b='\n\t'/>",
                "<a b='\u0002'/>",
                "<d><![CDATA[x]]></d>",
                "<d>x<![CDATA[]]>y</d>",
                "<d>x<![CDATA[y]]>z</d>",
                "<d><!-- x --></d>",
                "<d></a>",
                "<d></d >",
                "<d></dd>",
                "<abcdefgh></abcdefgh>",
                "<abcdefgh></abcdefgi>",
                "<d/ >",
                "<d",
                "<d b",
                "<d b='x",
                "<d>x",
                "<d>x</",
                "<a><a/></a>",
                "</a>",
                "text");
    }

    private static List<byte[]> wrongUtf8() {
        var wrong = new ArrayList<byte[]>();
        for (int[] bytes : new int[][] {
            {0xC0, 0x80}, {0xC1, 0xBF}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xF5, 0x80},
            {0x80}, {0xC3}, {0xE4, 0xB8}, {0xF0, 0x9D, 0x84}, {0xEF, 0xBF, 0xBF}, {0xFF}
        }) {
            var text = new StringBuilder("<d>");
            for (int b : bytes) {
                text.append((char) b);
            }
            wrong.add(text.append("</d>").toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return wrong;
    }

    private static void assertSameWhenKnown(byte[] input, XmlLimits limits) {
        for (Supplier<StreamParser> parser :
                List.<Supplier<StreamParser>>of(() -> StreamParser.ofFrames(limits), QuickReaderTest::inStream)) {
            var unknown = read(parser.get(), limits, input);
            assertThat(read(known(parser.get()), limits, input)).isEqualTo(unknown);
            assertThat(read(known(parser.get()), limits, Transcript.singly(input)))
                    .isEqualTo(unknown);
        }
    }

    private static StreamParser inStream() {
        var parser = StreamParser.ofStream(XmlLimits.STANDARD);
        parser.feed(bytes("<stream xmlns='jabber:client'>"));
        parser.next();
        return parser;
    }

    private static StreamParser known(StreamParser parser) {
        parser.limits(XmlLimits.STANDARD);
        assertThat(Transcript.read(parser, bytes(WORDS)).error()).isEmpty();
        return parser;
    }

    private static String read(StreamParser parser, XmlLimits limits, byte[]... input) {
        parser.limits(limits);
        return Transcript.read(parser, input).describe().replaceAll("offset \\d+, line \\d+, column \\d+", "somewhere");
    }

    @ParameterizedTest
    @MethodSource("anything")
    void a_parser_that_has_met_the_names_reads_as_one_that_has_not(String input) {
        assertSameWhenKnown(bytes(input), XmlLimits.STANDARD);
        assertSameWhenKnown(bytes(input + "<a b='next'/>"), XmlLimits.STANDARD);
        assertSameWhenKnown(bytes("<a xmlns='u'>x" + input + "</a>"), XmlLimits.STANDARD);
    }

    @Test
    void wrong_utf_8_is_refused_with_the_same_words() {
        wrongUtf8().forEach(input -> assertSameWhenKnown(input, XmlLimits.STANDARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='1' c='2'><d>text</d></a>", "<abcdefgh b=''><d/><a><a><d/></a></a></abcdefgh>"})
    void limits_are_kept_quickly_too(String input) {
        for (int bytes = 1; bytes <= input.length(); bytes++) {
            assertSameWhenKnown(bytes(input), XmlLimits.STANDARD.withElementBytes(bytes));
        }
        for (int n = 1; n < 9; n++) {
            assertSameWhenKnown(bytes(input), new XmlLimits(1000, n, 9, 9));
            assertSameWhenKnown(bytes(input), new XmlLimits(1000, 9, n, 9));
            assertSameWhenKnown(bytes(input), new XmlLimits(1000, 9, 9, n));
        }
    }

    @Test
    void errors_say_where_they_are_behind_what_was_read_quickly() {
        var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
        var error = Transcript.read(parser, bytes("\n<d>é</d><d>x</d><d>y\n</d><d>é</d><d>\u0001</d>"))
                .error()
                .orElseThrow();

        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(16);
        assertThat(error.offset()).isEqualTo(WORDS.length() + 1 + 9 + 8 + 9 + 9 + 3);
    }

    /** The same tree, of which no writer knows the bytes. */
    static Element built(Element element) {
        var children = element.children().stream()
                .map(node -> node instanceof Element child ? built(child) : node)
                .toList();
        return new Element(
                new ResolvedName(element.prefix(), element.name(), element.namespace()),
                element.attributes(),
                children);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void what_was_read_is_written_as_if_it_had_been_built(String input) {
        for (String around : List.of("%s", "<a xmlns='u'>x%s</a>", "<a>%s</a>")) {
            var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
            Transcript.read(parser, bytes(around.formatted(input)))
                    .wholes()
                    .forEach(QuickReaderTest::assertWrittenAsBuilt);
        }
    }

    static void assertWrittenAsBuilt(Element read) {
        Element built = built(read);
        var client = XmlWriter.inStream(XmlWriter.streamHeader("s", "stream", "urn:s", "jabber:client"));
        var other = XmlWriter.inStream(XmlWriter.streamHeader("s", "stream", "urn:s", "u"));
        for (XmlWriter writer :
                List.of(XmlWriter.standalone(), XmlWriter.pretty(), XmlWriter.canonical(), client, other)) {
            String expected = new String(writer.write(built), StandardCharsets.UTF_8);
            assertThat(new String(writer.write(read), StandardCharsets.UTF_8)).isEqualTo(expected);
            assertThat(writer.size(read)).isEqualTo(bytes(expected).length);
        }
        read.elements().forEach(QuickReaderTest::assertWrittenAsBuilt);
    }

    @ParameterizedTest
    @MethodSource("anything")
    void an_attribute_is_set_on_what_was_read_as_if_it_had_been_built(String input) {
        for (String around : List.of("%s", "<a xmlns='u' b='1'>x%s</a>", "<a>%s<d/></a>")) {
            for (String value : List.of("", "plain", "it's", "say \"hi\"", "a<b>&\n", "é", "中'\"")) {
                var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
                Transcript.read(parser, bytes(around.formatted(input)))
                        .wholes()
                        .forEach(read -> assertStampedAsBuilt(read, value));
            }
        }
    }

    /** The copy is the same in every detail, also where its attribute is set a second time, and its original stays as it was. */
    static void assertStampedAsBuilt(Element read, String value) {
        String before = Transcript.describe(read);
        for (String attribute : List.of("b", "c", "xml:lang", "new")) {
            Element stamped = read.with(attribute, value).with("b", "again").with(attribute, value);
            Element built =
                    built(read).with(attribute, value).with("b", "again").with(attribute, value);
            assertThat(Transcript.describe(stamped)).isEqualTo(Transcript.describe(built));
            assertWrittenAsBuilt(stamped);
            assertThat(stamped.with("b", value).toXml())
                    .isEqualTo(built.with("b", value).toXml());
        }
        assertThat(Transcript.describe(read)).isEqualTo(before);
        read.elements().forEach(child -> assertStampedAsBuilt(child, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<é/>", "<é></é>", "<a é=''/>", "<a><é/></a>"})
    void columns_are_counted_in_characters_behind_names_beyond_ascii(String before) {
        var parser = StreamParser.ofFrames(XmlLimits.STANDARD);
        Transcript.read(parser, bytes(before));
        parser.clear();
        var again = Transcript.read(parser, bytes(before + "<a></b>"));

        assertThat(again.error().orElseThrow().column()).isEqualTo(before.length() + 4);
    }

    @Test
    void a_stamped_stanza_is_still_written_from_its_own_bytes() {
        var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
        Element read =
                Transcript.read(parser, bytes("<a c='1'><d>x</d></a>")).wholes().get(0);

        assertThat(read.with("b", "é'").isVerbatim("")).isTrue();
        assertThat(read.with("c", "2").isVerbatim("")).isTrue();
        assertThat(read.with("unknown", "2").isVerbatim("")).isFalse();
        assertThat(read.elements().get(0).with("c", "3").toXml()).isEqualTo("<d c='3'>x</d>");
    }

    @Test
    void what_is_canonical_is_written_from_its_own_bytes_and_nothing_else_is() {
        assertThat(isVerbatim("<a b='it&lt;'><d>x &amp; y</d><d/>é</a>")).isTrue();
        assertThat(isVerbatim("<a xml:lang='en'/>")).isTrue();
        for (String other : List.of("<a></a>", "<a b=\"1\"/>", "<a><d b='>'/></a>", "<d>&quot;</d>", "<d>></d>")) {
            assertThat(isVerbatim(other)).as(other).isFalse();
        }
    }

    private static boolean isVerbatim(String frame) {
        var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
        return Transcript.read(parser, bytes(frame)).wholes().get(0).isVerbatim("");
    }

    @Test
    void a_tree_keeps_just_the_bytes_it_was_read_from_and_does_not_give_them_away() {
        var parser = known(StreamParser.ofFrames(XmlLimits.STANDARD));
        Element read = Transcript.read(parser, bytes("<a b='1'/>" + "<d>x</d>"))
                .wholes()
                .get(0);
        read.toBytes()[3] = 'X';

        assertThat(read.toXml()).isEqualTo("<a b='1'/>");
        assertThat(read.source()).hasSize(10);
    }
}
