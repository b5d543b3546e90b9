package io.escalus4j.exml;

import static io.escalus4j.exml.StreamTest.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How trees are written: X02, X03, X24 to X26. */
class XmlWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<body>  </body>",
                "<p><b>x</b> <i>y</i>\n</p>",
                "<b>\t\n &#xD; </b>",
                "<b><![CDATA[ <&> ]]></b>",
                "<b><![CDATA[a]]]]><![CDATA[>b]]></b>",
                "<b>a<![CDATA[b]]>c</b>",
                "<b z='1' a='2' q:m='3' xmlns:q='urn:q'/>",
                "<x:b xmlns:x='urn:x'><c xmlns='urn:c' x:d='1'><e xmlns=''/></c></x:b>",
                "<b a='&#x9;&#xA;&#xD;' c=\"it's &quot;\"/>",
            })
    void x02_x03_white_space_cdata_prefixes_and_the_order_of_attributes_stay(String document) {
        assertThat(Element.parse(document).toXml()).isEqualTo(document);
    }

    @Test
    void x02_whitespace_between_elements_is_text() {
        List<Node> children = Element.parse("<p><b/> <i/></p>").children();

        assertThat(children).hasSize(3);
        assertThat(children.get(1)).isEqualTo(Text.of(" "));
    }

    @Test
    void x03_canonical_output_sorts_the_attributes_and_declares_where_it_is_used() {
        var element = Element.parse("<a xmlns:q='urn:q' z='1' q:b='2' c='it&apos;s &gt;'><q:d/><![CDATA[<]]></a>");

        assertThat(XmlWriter.canonical().write(element))
                .asString()
                .isEqualTo("<a xmlns:q=\"urn:q\" c=\"it's >\" z=\"1\" q:b=\"2\"><q:d></q:d>&lt;</a>");
    }

    @Test
    void x24_the_quote_is_the_one_that_the_value_does_not_have() {
        assertThat(Element.of("a").with("b", "plain").toXml()).isEqualTo("<a b='plain'/>");
        assertThat(Element.of("a").with("b", "it's").toXml()).isEqualTo("<a b=\"it's\"/>");
        assertThat(Element.of("a").with("b", "say \"hi\"").toXml()).isEqualTo("<a b='say \"hi\"'/>");
        assertThat(Element.of("a").with("b", "it's \"x\"").toXml()).isEqualTo("<a b=\"it's &quot;x&quot;\"/>");
    }

    @Test
    void x24_what_a_parser_would_read_otherwise_is_escaped() {
        var element = Element.of("a").with("b", "<&>\t\n\r").withText("<&>\t\n\r");

        assertThat(element.toXml()).isEqualTo("<a b='&lt;&amp;&gt;&#x9;&#xA;&#xD;'>&lt;&amp;&gt;\t\n&#xD;</a>");
    }

    @Test
    void x24_a_cdata_section_is_split_where_it_would_end() {
        assertThat(Element.of("a").with(Text.cdata("x]]>y")).toXml()).isEqualTo("<a><![CDATA[x]]]]><![CDATA[>y]]></a>");
    }

    @Test
    void x24_a_carriage_return_does_not_fit_into_cdata_and_is_escaped() {
        assertThat(Element.of("a").with(Text.cdata("x\ry")).toXml()).isEqualTo("<a>x&#xD;y</a>");
    }

    @Test
    void x25_the_size_of_a_large_tree_is_counted_too() {
        var large = Element.of("a").with("b", "é&".repeat(500)).withText("𝄞<".repeat(50_000));

        assertThat(large.size()).isEqualTo(large.toBytes().length).isGreaterThan(400_000);
    }

    @Test
    void x26_pretty_output_has_an_element_a_line_and_leaves_text_alone() {
        var element = Element.parse(
                "<iq><query xmlns='jabber:iq:roster'><item jid='bob'><group>Friends</group></item><item/></query><p>a <b>c</b><i/> d</p></iq>");

        assertThat(element.toPrettyXml()).isEqualTo("""
            <iq>
              <query xmlns='jabber:iq:roster'>
                <item jid='bob'>
                  <group>Friends</group>
                </item>
                <item/>
              </query>
              <p>a <b>c</b><i/> d</p>
            </iq>""");
    }

    @Test
    void x26_pretty_output_keeps_what_wants_its_white_space_kept() {
        var element = Element.parse("<a><b xml:space='preserve'><c><d/></c></b></a>");

        assertThat(element.toPrettyXml()).isEqualTo("<a>\n  <b xml:space='preserve'><c><d/></c></b>\n</a>");
    }

    @Test
    void a_stanza_does_not_repeat_what_the_stream_declares() {
        var header = XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", "jabber:client")
                .with("to", "localhost");
        var out = XmlWriter.inStream(header);
        var message = Element.of("message", "jabber:client")
                .with(Element.of("body").withText("Hi"), Element.of("x", "urn:x"));

        assertThat(out.open())
                .asString()
                .isEqualTo(
                        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost'>");
        assertThat(out.write(message)).asString().isEqualTo("<message><body>Hi</body><x xmlns='urn:x'/></message>");
        assertThat(out.size(message)).isEqualTo(out.write(message).length);
        assertThat(out.write(Element.of("stream", "features", "http://etherx.jabber.org/streams")))
                .asString()
                .isEqualTo("<stream:features/>");
        assertThat(out.close()).asString().isEqualTo("</stream:stream>");
        assertThat(message.toXml())
                .isEqualTo("<message xmlns='jabber:client'><body>Hi</body><x xmlns='urn:x'/></message>");
    }

    @Test
    void what_the_open_tag_had_to_declare_is_in_scope_of_the_stream() {
        var out = XmlWriter.inStream(Element.of("s", "stream", "urn:streams"));

        assertThat(out.open()).asString().isEqualTo("<s:stream xmlns:s='urn:streams'>");
        assertThat(out.write(Element.of("s", "error", "urn:streams")))
                .asString()
                .isEqualTo("<s:error/>");
    }

    @Test
    void a_stream_that_is_written_is_the_stream_that_is_read() {
        var header = XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", "jabber:client");
        var out = XmlWriter.inStream(header);
        var stanza = Element.of("iq", "jabber:client")
                .with(Element.of("stream", "x", "urn:other"), Element.of("y", "urn:y"));

        var read = Transcript.of(
                () -> StreamParser.ofStream(XmlLimits.STANDARD), out.open(), out.write(stanza), out.close());

        assertThat(read.events()).hasSize(3);
        assertThat(read.wholes()).containsExactly(stanza);
    }

    @Test
    void a_stanza_taken_from_one_stream_stands_on_its_own_elsewhere() {
        var stanza = Transcript.ofStream(HEADER + "<message><stream:x stream:y='z'/></message>")
                .wholes()
                .get(0);

        assertThat(Element.parse(stanza.toBytes())).isEqualTo(stanza);
        assertThat(stanza.toXml())
                .isEqualTo(
                        "<message xmlns='jabber:client'><stream:x xmlns:stream='http://etherx.jabber.org/streams' stream:y='z'/></message>");
    }

    @Test
    void a_child_without_a_namespace_says_so_inside_of_one_that_has_one() {
        var element = Element.parse("<a xmlns='urn:a'><b xmlns=''><c/></b></a>");
        Element c = element.elements().get(0).elements().get(0);

        assertThat(c.namespace()).isEmpty();
        assertThat(element.toXml()).isEqualTo("<a xmlns='urn:a'><b xmlns=''><c/></b></a>");
        assertThat(XmlWriter.inStream(Element.of("s", "urn:s")).write(c))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<c xmlns=''/>");
    }
}
