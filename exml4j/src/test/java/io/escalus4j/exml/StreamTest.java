package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.StreamEvent.End;
import io.escalus4j.exml.StreamEvent.Start;
import io.escalus4j.exml.StreamEvent.Whole;
import io.escalus4j.exml.XmlException.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, frames, restarts: X11 to X15 and X18. */
class StreamTest {
    static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>";

    @Test
    void x12_a_stream_is_its_opening_tag_its_first_level_elements_and_its_closing_tag() {
        var transcript = Transcript.ofStream(
                HEADER
                        + " <message to='bob@localhost'><body>Hi &amp; bye</body></message>\n<r xmlns='urn:xmpp:sm:3'/></stream:stream>junk<");

        assertThat(transcript.describe()).isEqualTo("""
            start <{http://etherx.jabber.org/streams}stream:stream \
            Attribute[prefix=, name=xmlns, namespace=http://www.w3.org/2000/xmlns/, value=jabber:client] \
            Attribute[prefix=xmlns, name=stream, namespace=http://www.w3.org/2000/xmlns/, value=http://etherx.jabber.org/streams] \
            Attribute[prefix=, name=to, namespace=, value=localhost] \
            Attribute[prefix=, name=version, namespace=, value=1.0]></>
            <{jabber:client}:message Attribute[prefix=, name=to, namespace=, value=bob@localhost]><{jabber:client}:body>'Hi & bye'</></>
            <{urn:xmpp:sm:3}:r Attribute[prefix=, name=xmlns, namespace=http://www.w3.org/2000/xmlns/, value=urn:xmpp:sm:3]></>
            end
            """);
    }

    @Test
    void x11_where_the_bytes_are_cut_changes_nothing() {
        byte[] input = bytes("\uFEFF" + HEADER
                + "<message to='b&#x41;&apos;'  ><body>grüße 𝄞 &lt;tag&gt;\r\n</body><![CDATA[a]]b]]]]><![CDATA[>c]]></message> \n"
                + "<?xml version='1.0' encoding=\"utf-8\"?> <stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='a&amp;b'>"
                + "<iq/><stream:features></stream:features ></stream:stream >");
        var whole = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), input);
        assertThat(whole.error()).isEmpty();
        assertThat(whole.events()).hasSize(6);
        for (int at = 0; at <= input.length; at++) {
            var split = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), Transcript.splitAt(input, at));
            assertThat(split.describe()).as("split at %d", at).isEqualTo(whole.describe());
        }
        var singly = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), Transcript.singly(input));
        assertThat(singly.describe()).isEqualTo(whole.describe());
    }

    private static final String STREAM =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    private static StreamParser fed(String input) {
        var parser = StreamParser.ofStream(XmlLimits.STANDARD);
        parser.feed(bytes(input));
        return parser;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><!-- x --></a>",
                "<a>&unknown;</a>",
                "<a b='1' b='2'>",
                "</a>",
                "<a>\u0001</a>",
                "text",
                "<a></b>",
                "<a xmlns:p=''/>",
                "<a>]]></a>",
                "<p:a/>",
                "<?xml version='1.0'?><a/>",
                "<a b='&#xD834;'/>",
                "<![CDATA[x]]>",
            })
    void x11_where_the_bytes_are_cut_does_not_change_an_error(String wrong) {
        byte[] input = bytes(HEADER + "<é>\n</é>" + wrong + "<after/>");
        var whole = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), input);
        assertThat(whole.error()).isPresent();
        for (int at = 0; at <= input.length; at++) {
            var split = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), Transcript.splitAt(input, at));
            assertThat(split.describe()).as("split at %d", at).isEqualTo(whole.describe());
        }
    }

    @Test
    void x12_a_self_closed_root_opens_and_closes() {
        var transcript = Transcript.ofStream("<a xmlns='u'/>ignored");

        assertThat(transcript.error()).isEmpty();
        assertThat(transcript.events()).containsExactly(new Start(Element.of("a", "u")), new End());
    }

    @Test
    void x12_bytes_behind_the_closing_tag_are_ignored_now_and_later() {
        var parser = fed("<a></a>\u0000<<");
        assertThat(Transcript.read(parser).events()).isEmpty();
        assertThat(Transcript.read(parser, bytes("&&&")).events()).hasSize(2);

        var late = ByteBuffer.wrap(bytes("<<<"));
        parser.feed(late);

        assertThat(late.hasRemaining()).isFalse();
        assertThat(parser.next()).isEmpty();
        assertThat(parser.isDrained()).isTrue();
    }

    @Test
    void x12_a_parser_reads_no_further_than_the_event_it_gives() {
        var parser = fed(HEADER + "<starttls/><auth");
        assertThat(parser.next()).get().isInstanceOf(Start.class);
        assertThat(parser.isDrained()).isFalse();
        assertThat(parser.next()).get().isInstanceOf(Whole.class);
        assertThat(parser.isDrained())
                .as("<auth was put in before the encryption")
                .isFalse();

        parser = fed(HEADER + "<starttls/>");
        parser.next();
        parser.next();
        assertThat(parser.isDrained()).isTrue();
    }

    @Test
    void an_element_that_is_half_read_is_not_drained() {
        var parser = fed("<a><b>text<c/>");
        parser.next();

        assertThat(parser.next()).isEmpty();
        assertThat(parser.isDrained()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<?xml version='1.0'?>", " \n<?xml version='1.0' encoding='UTF-8'?>\r\n ", "   "})
    void x13_a_header_at_depth_one_restarts_the_stream(String before) {
        var transcript = Transcript.ofStream(
                STREAM + "<auth/>" + before
                        + "<s:stream xmlns='jabber:server' xmlns:s='http://etherx.jabber.org/streams' from='a&amp;b&#33;'><iq/></s:stream>");

        assertThat(transcript.error()).isEmpty();
        assertThat(transcript.events()).hasSize(5);
        var restarted = (Start) transcript.events().get(2);
        assertThat(restarted.header().attribute("from")).hasValue("a&b!");
        assertThat(transcript.wholes())
                .containsExactly(Element.of("auth", "jabber:client"), Element.of("iq", "jabber:server"));
    }

    @Test
    void x13_a_restart_forgets_the_old_streams_prefixes() {
        var transcript = Transcript.ofStream("<s:stream xmlns:s='http://etherx.jabber.org/streams' xmlns:old='urn:old'>"
                + "<s:stream xmlns:s='http://etherx.jabber.org/streams'><old:iq/>");

        assertThat(transcript.events()).hasSize(2);
        assertThat(transcript.kind()).isEqualTo(Kind.UNBOUND_PREFIX);
    }

    @Test
    void x13_a_header_that_leans_on_the_old_streams_prefix_is_refused() {
        assertThat(Transcript.ofStream(STREAM + "<stream:stream to='x'>").kind())
                .isEqualTo(Kind.UNBOUND_PREFIX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<stream/>",
                "<stream xmlns='urn:x'>text</stream>",
                "<stream:stream xmlns:stream='urn:x'/>",
                "<stream:features/>",
                "<a><stream:stream/></a>",
                "<a><stream:stream xmlns:stream='http://etherx.jabber.org/streams'></stream:stream></a>",
            })
    void x13_a_child_that_is_only_named_like_the_stream_is_a_child(String child) {
        var transcript = Transcript.ofStream(STREAM + child + "<next/>");

        assertThat(transcript.error()).isEmpty();
        assertThat(transcript.wholes()).hasSize(2);
    }

    @Test
    void x13_a_root_outside_of_the_streams_namespace_never_restarts() {
        var transcript = Transcript.ofStream("<a xmlns='u'><a xmlns='u'/>");

        assertThat(transcript.events()).hasSize(2);
        assertThat(transcript.wholes()).hasSize(1);
        assertThat(Transcript.ofStream("<a><?xml version='1.0'?>").kind()).isEqualTo(Kind.RESTRICTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<iq/>", "</stream:stream>", "<stream xmlns='jabber:client'>", "<a>"})
    void x13_after_a_declaration_only_a_header_may_come(String other) {
        assertThat(Transcript.ofStream(STREAM + "<?xml version='1.0'?>" + other).kind())
                .isEqualTo(Kind.NOT_WELL_FORMED);
    }

    @Test
    void x13_after_a_declaration_no_second_one_and_no_text_may_come() {
        String declaration = "<?xml version='1.0'?>";

        assertThat(Transcript.ofStream(STREAM + declaration + declaration).kind())
                .isEqualTo(Kind.RESTRICTED);
        assertThat(Transcript.ofStream(STREAM + declaration + "x").kind()).isEqualTo(Kind.TEXT_IN_STREAM);
        assertThat(Transcript.ofStream(declaration + declaration).kind()).isEqualTo(Kind.RESTRICTED);
    }

    @Test
    void x14_frames_are_whole_elements_and_nothing_else() {
        var transcript = Transcript.ofFrames(
                " <open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>\n\n<message><body>Hi</body></message><?xml version='1.0'?><a/> ");

        assertThat(transcript.error()).isEmpty();
        assertThat(transcript.wholes())
                .extracting(Element::toXml)
                .containsExactly(
                        "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>",
                        "<message><body>Hi</body></message>",
                        "<a/>");
        assertThat(transcript.events()).hasSize(3);
    }

    @Test
    void x14_a_frame_in_pieces_waits_for_the_rest() {
        var parser = StreamParser.ofFrames(XmlLimits.STANDARD);
        parser.feed(bytes("<message><bo"));
        assertThat(parser.next()).isEmpty();
        parser.feed(bytes("dy/></message>"));

        assertThat(parser.next()).hasValue(new Whole(Element.parse("<message><body/></message>")));
        assertThat(parser.mode()).isEqualTo(StreamParser.Mode.FRAMED);
    }

    @Test
    void x14_frames_share_no_namespaces() {
        assertThat(Transcript.ofFrames("<p:a xmlns:p='u'/><p:a/>").kind()).isEqualTo(Kind.UNBOUND_PREFIX);
        assertThat(Transcript.ofFrames("<a/>text").kind()).isEqualTo(Kind.TEXT_IN_STREAM);
        assertThat(Transcript.ofFrames("<a/></b>").kind()).isEqualTo(Kind.MISMATCHED_TAG);
    }

    @Test
    void x15_text_between_stanzas_is_refused_at_its_first_character() {
        for (String text : List.of("a", "&#32;", "<![CDATA[ ]]>", "é", "\uFEFF")) {
            XmlException error =
                    Transcript.ofStream(HEADER + "<a/>" + text).error().orElseThrow();
            assertThat(error.kind()).isEqualTo(Kind.TEXT_IN_STREAM);
            assertThat(error.kind().condition()).isEqualTo("bad-format");
            assertThat(error.offset()).isEqualTo(HEADER.length() + 4);
        }
    }

    @Test
    void x15_white_space_yields_nothing_and_is_not_kept() {
        var parser = fed(HEADER);
        parser.next();
        byte[] spaces = bytes(" \n\t\r".repeat(2048));
        for (int i = 0; i < 1000; i++) {
            parser.feed(spaces);
            assertThat(parser.next()).isEmpty();
            assertThat(parser.isDrained()).isTrue();
            assertThat(parser.capacity()).isLessThanOrEqualTo(spaces.length);
        }
    }

    @Test
    void a_large_buffer_is_let_go_once_it_is_read() {
        var parser = fed(HEADER);
        parser.next();
        parser.feed(bytes("<a>" + "b".repeat(100_000)));
        assertThat(parser.next()).isEmpty();
        assertThat(parser.capacity()).isBetween(100_000, 250_000);
        parser.feed(bytes("</a>"));
        assertThat(parser.next()).isPresent();

        assertThat(parser.capacity()).isZero();
    }

    @Test
    void x18_after_an_error_every_call_reports_the_same_one() {
        var parser = fed("<a><b></c>");
        parser.next();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(parser::next)
                    .hasMessage(
                            "</c> closes <b>, it must be </b> (XML 1.0 section 3) (offset 6, line 1, column 7, in a/b)");
            parser.feed(bytes("</b></a>"));
        }
        assertThat(parser.capacity()).isZero();
    }

    @Test
    void x18_after_a_reset_a_parser_is_as_new() {
        var parser = fed("<a><b>text</c>");
        parser.next();
        assertThatThrownBy(parser::next).isInstanceOf(XmlException.class);

        parser.reset();
        assertThat(Transcript.read(parser, bytes("<?xml version='1.0'?><a xmlns='u'><b/></a>"))
                        .describe())
                .isEqualTo(Transcript.ofStream("<?xml version='1.0'?><a xmlns='u'><b/></a>")
                        .describe());
        parser.clear();
        parser.feed(bytes("<a><b></c>"));
        parser.next();
        assertThatThrownBy(parser::next)
                .as("counts from 0 again")
                .hasMessageContaining("(offset 6, line 1, column 7, in a/b)");
        parser.clear();
        assertThat(Transcript.read(parser, bytes("<x/>")).events())
                .containsExactly(new Start(Element.of("x")), new End());
    }

    @Test
    void a_reset_keeps_the_header_that_was_sent_early() {
        var parser = fed(STREAM + "<auth/>\n<?xml version='1.0'?>" + STREAM + "<iq/>");
        parser.next();
        assertThat(parser.next()).get().isInstanceOf(Whole.class);

        parser.reset();

        assertThat(parser.next()).get().isInstanceOf(Start.class);
        assertThat(parser.next()).hasValue(new Whole(Element.of("iq", "jabber:client")));
    }

    @Test
    void a_reset_inside_of_a_token_forgets_how_far_it_was_scanned() {
        var parser = fed("<a><b c='d");
        parser.next();
        parser.next();
        parser.reset();
        parser.feed(bytes("'/><e></e>"));

        assertThat(parser.next()).get().isInstanceOf(Start.class);
        assertThat(parser.next()).hasValue(new End());
    }

    @Test
    void clearing_drops_what_was_not_read() {
        var parser = fed(STREAM + "<auth/><injected/>");
        parser.next();
        parser.next();

        parser.clear();

        assertThat(parser.isDrained()).isTrue();
        assertThat(parser.next()).isEmpty();
    }

    @Test
    void x18_two_parsers_share_nothing() {
        var one = fed("<p:a xmlns:p='urn:one'><p:b>te");
        var two = fed("<p:a xmlns:p='urn:two'><p:b>fi");
        one.next();
        two.next();
        one.feed(bytes("a</p:b>"));
        two.feed(bytes("ve</p:b>"));

        assertThat(one.next()).hasValue(new Whole(Element.text("b", "urn:one", "tea")));
        assertThat(two.next()).hasValue(new Whole(Element.text("b", "urn:two", "five")));
    }

    @Test
    void bytes_are_taken_from_arrays_slices_and_buffers() {
        var parser = StreamParser.ofStream(XmlLimits.STANDARD);
        byte[] input = bytes("junk<a><b/>junk");
        parser.feed(input, 4, 3);
        var buffer = ByteBuffer.allocateDirect(16).put(input, 7, 4).flip();
        parser.feed(buffer);
        input[8] = 'X';

        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(parser.next()).hasValue(new Start(Element.of("a")));
        assertThat(parser.next()).hasValue(new Whole(Element.of("b")));
    }

    @Test
    void the_end_of_the_input_is_an_error_unless_everything_is_closed() {
        for (String open : List.of("", HEADER, HEADER + "<a>", HEADER + "<a", "\u00EF")) {
            var parser = fed(open);
            parser.end();
            assertThatThrownBy(() -> {
                        parser.next();
                        parser.next();
                    })
                    .isInstanceOf(XmlException.class);
        }
        var closed = fed("<a></a>");
        closed.end();
        assertThat(Transcript.read(closed, bytes("")).events()).hasSize(2);
        assertThat(closed.next()).isEmpty();
    }

    @Test
    void frames_may_end_between_elements() {
        var parser = StreamParser.ofFrames(XmlLimits.STANDARD);
        parser.end();
        assertThat(parser.next()).isEmpty();
        parser.feed(bytes("<a/> "));
        assertThat(parser.next()).isPresent();
        assertThat(parser.next()).isEmpty();
        parser.feed(bytes("<a>"));
        assertThatThrownBy(parser::next).hasMessageContaining("the input ends here, it must go on with </a>");
    }

    @Test
    void names_are_the_same_strings_for_the_life_of_a_stream() {
        var wholes = Transcript.ofStream(HEADER + "<message to='a'/><message to='b'/>")
                .wholes();

        assertThat(wholes.get(0).name()).isSameAs(wholes.get(1).name());
        assertThat(wholes.get(0).attributes().get(0).name())
                .isSameAs(wholes.get(1).attributes().get(0).name());
    }

    @Test
    void a_stream_with_more_names_than_are_kept_is_read_all_the_same() {
        var input = new StringBuilder(HEADER);
        for (int i = 0; i < 5000; i++) {
            input.append("<n%d a%d=''></n%d>".formatted(i, i, i));
        }

        assertThat(Transcript.ofStream(input.toString()).wholes())
                .hasSize(5000)
                .last()
                .satisfies(last -> assertThat(last.name()).isEqualTo("n4999"))
                .satisfies(last -> assertThat(last.attribute("a4999")).isEqualTo(Optional.of("")));
    }
}
