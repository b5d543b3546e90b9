package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What each function of exml does is done here too, by what the table of docs/exml.md says; a test is named after its functions. */
class ComingFromExmlTest {
    private static final String STREAMS = "http://etherx.jabber.org/streams";
    private static final Element HEADER = XmlWriter.streamHeader("stream", "stream", STREAMS, "jabber:client");

    private final Element element =
            Element.parse("<a xmlns='u' x='1'>b<c y='1'>d</c><e xmlns='v' y='2'>f</e><c y='2'/>g</a>");

    @Test
    void parse() {
        assertThat(Element.parse(bytes("<a>b</a>"))).isEqualTo(Element.parse("<a>b</a>"));

        var pieces = Transcript.of(() -> StreamParser.ofDocument(XmlLimits.STANDARD), bytes("<a>"), bytes("b</a>"));
        assertThat(pieces.wholes()).containsExactly(Element.parse("<a>b</a>"));
    }

    @Test
    void to_binary__to_list__to_iolist() {
        assertThat(element.toXml()).isEqualTo(new String(element.toBytes()));

        var out = XmlWriter.inStream(HEADER);
        assertThat(new String(out.open())
                        + new String(out.write(Element.of("iq", "jabber:client")))
                        + new String(out.close()))
                .isEqualTo("<stream:stream xmlns='jabber:client' xmlns:stream='%s'><iq/></stream:stream>"
                        .formatted(STREAMS));
    }

    @Test
    void to_pretty_iolist() {
        assertThat(Element.parse("<a><b>c</b></a>").toPrettyXml()).isEqualTo("<a>\n  <b>c</b>\n</a>");
        assertThat(HEADER.with(Element.of("iq", "jabber:client")).toPrettyXml())
                .as("a whole stream")
                .endsWith(">\n  <iq/>\n</stream:stream>");
    }

    @Test
    void xml_size() {
        assertThat(element.with("x", "it's \"<&>\"").size())
                .isEqualTo(element.with("x", "it's \"<&>\"").toBytes().length);
        assertThat(XmlWriter.inStream(HEADER).size(Element.of("iq", "jabber:client")))
                .isEqualTo("<iq/>".length());
    }

    @Test
    void xml_sort__exmlAssertEqual() {
        Element same = Element.parse("<a b='1' c='2'><d/></a>");
        Element other = Element.parse("<a c='2' b='1'><d></d></a>");

        assertThat(same).isEqualTo(other);
        assertThat(XmlDiff.between(same, other)).isEmpty();
        assertThat(XmlWriter.canonical().write(same))
                .isEqualTo(XmlWriter.canonical().write(other));
    }

    @Test
    void filter_children__remove_cdata__append_children() {
        assertThat(element.filter(Text.class::isInstance).toXml()).isEqualTo("<a xmlns='u' x='1'>bg</a>");
        assertThat(element.without("c", "u").elements())
                .containsExactly(element.elements().get(1));
        assertThat(element.withoutText().children()).hasSize(3);
        assertThat(element.with(Text.of("h"), Element.of("i")).children()).hasSize(7);
        assertThat(element.with(List.of(Element.of("i"))).toXml()).endsWith("g<i/></a>");
    }

    @Test
    void upsert_child__insert_new_child() {
        assertThat(element.upsert(Element.of("c")).toXml()).contains(">b<c/><e");
        assertThat(element.withIfAbsent(Element.of("c"))).isEqualTo(element);
        assertThat(element.withIfAbsent(Element.of("e")).toXml())
                .as("of another namespace, at the end")
                .endsWith("g<e/></a>");
    }

    @Test
    void upsert_attr_value__remove_attr() {
        assertThat(element.with("x", "2").with("z", "3").toXml()).startsWith("<a xmlns='u' x='2' z='3'>");
        assertThat(element.without("x").toXml()).startsWith("<a xmlns='u'>");
    }

    @Test
    void path() {
        assertThat(Path.of("c/text()").value(element)).hasValue("d");
        assertThat(Path.of("missing/@x").value(element, "default")).isEqualTo("default");
        assertThat(Path.of("").first(element)).hasValue(element);
    }

    @Test
    void paths() {
        assertThat(Path.of("c/@y").values(element)).containsExactly("1", "2");
        assertThat(Path.of("c/text()").values(element)).containsExactly("d", "");
        assertThatThrownBy(() -> Path.of("@x/c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void element__element_with_ns__element_with_attr__attr__cdata() {
        assertThat(Path.of("c").all(element)).hasSize(2);
        assertThat(Path.of("{v}*").all(element)).hasSize(1);
        assertThat(Path.of("{v}e").all(element)).hasSize(1);
        assertThat(Path.of("*[@y='2']").all(element)).hasSize(2);
        assertThat(Path.of("*[@xmlns='v']").all(element)).hasSize(1);
        assertThat(Path.of("@x").value(element)).hasValue("1");
        assertThat(Path.of("text()").value(element)).hasValue("bg");
    }

    @Test
    void subelement__subelements__attr__cdata() {
        assertThat(element.child("c")).hasValue(element.elements().get(0));
        assertThat(element.child("e", "v")).isPresent();
        assertThat(element.childText("c")).hasValue("d");
        assertThat(element.elements("c", "u")).hasSize(2);
        assertThat(element.attribute("x")).hasValue("1");
        assertThat(element.attribute("z", "default")).isEqualTo("default");
        assertThat(Element.of("a").text()).isEmpty();
    }

    @Test
    void new_parser__parse__reset_parser__free_parser__max_element_size() {
        var parser = StreamParser.ofStream(XmlLimits.STANDARD.withElementBytes(8));
        assertThat(Transcript.read(parser, bytes("<a><b/></a>")).events()).hasSize(3);

        parser.reset();

        assertThat(Transcript.read(parser, bytes("<a><bbbbbbbbb/>")).error().flatMap(XmlException::limit))
                .hasValue("elementBytes");
    }

    @Test
    void infinite_stream() {
        assertThat(Transcript.ofFrames("<a/><b/>").wholes()).hasSize(2);
    }

    @Test
    void xmlcdata__escape_cdata() {
        assertThat(Element.of("a").with(Text.cdata("<b>]]>")).toXml())
                .isEqualTo("<a><![CDATA[<b>]]]]><![CDATA[>]]></a>");
        assertThat(Element.of("a").with(Text.of("<b>")).toXml()).isEqualTo("<a>&lt;b&gt;</a>");
    }

    @Test
    void every_function_of_the_table_has_a_test_here() throws IOException {
        String manual = Files.readString(java.nio.file.Path.of("../docs/exml.md"));
        List<String> theirs = Pattern.compile("(?m)^\\| (`.*?) \\| ")
                .matcher(manual.substring(manual.indexOf("| exml (Erlang) |"), manual.indexOf("## What it promises")))
                .results()
                .flatMap(row -> Pattern.compile("`(?:exml[a-z_]*:|[{#])?([A-Za-z_]+)")
                        .matcher(row.group(1))
                        .results())
                .map(found -> found.group(1))
                .distinct()
                .toList();
        var here = Arrays.stream(getClass().getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getName().split("__")))
                .collect(Collectors.toSet());

        assertThat(theirs).hasSize(31);
        assertThat(here).containsAll(theirs);
    }
}
