package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.XmlException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream may cost: X16 and X17. */
class LimitsTest {
    private static final String ROOT = "<r>";

    private static Transcript read(XmlLimits limits, String input) {
        var whole = Transcript.of(() -> StreamParser.ofStream(limits), bytes(input));
        var singly = Transcript.of(() -> StreamParser.ofStream(limits), Transcript.singly(bytes(input)));
        assertThat(singly.describe()).as("in chunks of one byte").isEqualTo(whole.describe());
        return whole;
    }

    private static void assertLimit(Transcript transcript, String limit, long offset) {
        XmlException error = transcript.error().orElseThrow(() -> new AssertionError("no error"));
        assertThat(error.kind()).isEqualTo(Kind.LIMIT);
        assertThat(error.kind().condition()).isEqualTo("policy-violation");
        assertThat(error.limit()).hasValue(limit);
        assertThat(error.offset()).isEqualTo(offset);
    }

    private static XmlLimits elementBytes(int bytes) {
        return XmlLimits.STANDARD.withElementBytes(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>0123456789</a>",
                "<a b='0123456789'/>",
                "<a><b/><b/><b/></a>",
                "<a><![CDATA[01]]></a>",
                "<abcdefghijklmno/>",
                "<a></a            >",
                "<a>0123456789&lt;</a>",
                "<a>éééééé</a>",
            })
    void x16_an_element_may_be_as_large_as_the_limit_and_no_larger(String element) {
        int size = bytes(element).length;

        assertThat(read(elementBytes(size), ROOT + element + " \n" + element).wholes())
                .hasSize(2);
        assertLimit(read(elementBytes(size - 1), ROOT + element), "elementBytes", ROOT.length() + size - 1L);
    }

    @Test
    void x16_the_error_says_which_limit_it_was() {
        assertThat(read(elementBytes(8), "<r><a>012345</a>").error().orElseThrow())
                .hasMessage(
                        "element is larger than 8 bytes, which is the limit 'elementBytes' (RFC 6120 section 13.12) (offset 11, line 1, column 12, in r/a)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>0123456789",
                "<a b='0123456789",
                "<a",
                "<a><![CDATA[012345678",
                "<a><b>01234567",
                "<aaaaaaaaaaaaaaa",
                "<a></a                "
            })
    void x16_the_limit_is_kept_before_the_element_is_complete(String beginning) {
        var parser = StreamParser.ofStream(elementBytes(10));
        parser.feed(bytes(ROOT));
        parser.next();
        parser.feed(bytes((beginning + " ".repeat(10)).substring(0, 10)));
        assertThat(parser.next()).as("10 bytes").isEmpty();
        parser.feed(bytes(" "));

        assertThatThrownBy(parser::next)
                .isInstanceOfSatisfying(
                        XmlException.class, error -> assertThat(error.limit()).hasValue("elementBytes"));
    }

    @Test
    void x16_the_opening_tag_of_the_stream_is_limited_alone() {
        String header = "<r a='0123456789'>";

        assertThat(read(elementBytes(header.length()), header + "<b>01234567</b>")
                        .events())
                .hasSize(2);
        assertLimit(read(elementBytes(header.length() - 1), header), "elementBytes", header.length() - 1L);
        assertLimit(read(elementBytes(20), "<?xml version='1.0' encoding='UTF-8'?>"), "elementBytes", 20);
    }

    @Test
    void x16_white_space_between_elements_does_not_count() {
        assertThat(read(elementBytes(4), ROOT + " ".repeat(100) + "<a/>" + "\n".repeat(100) + "<b/>")
                        .wholes())
                .hasSize(2);
    }

    @Test
    void x16_frames_and_documents_are_limited_too() {
        assertThat(Transcript.of(() -> StreamParser.ofFrames(elementBytes(8)), bytes("<a>1</a><b>2</b>"))
                        .wholes())
                .hasSize(2);
        assertLimit(
                Transcript.of(() -> StreamParser.ofFrames(elementBytes(8)), bytes("<a>1</a><b>23</b>")),
                "elementBytes",
                16);
        assertLimit(
                Transcript.of(() -> StreamParser.ofDocument(elementBytes(8)), bytes("<!-- a comment -->")),
                "elementBytes",
                8);
    }

    @Test
    void other_limits_hold_from_the_next_element_on() {
        var parser = StreamParser.ofStream(elementBytes(10));
        parser.feed(bytes(ROOT + "<a>01"));
        parser.next();
        parser.next();
        parser.limits(elementBytes(20));
        parser.feed(bytes("2</a><b>0123456789012</b>"));

        assertThat(parser.next()).isPresent();
        assertThat(parser.next()).isPresent();

        parser.limits(elementBytes(30));
        parser.feed(bytes("<a>012"));
        parser.next();
        parser.limits(elementBytes(10));
        parser.feed(bytes("0123456789</a><b>0123</b>"));

        assertThat(parser.next()).as("begun under the old limit").isPresent();
        assertThatThrownBy(parser::next).isInstanceOf(XmlException.class);
    }

    @Test
    void x17_depth_counts_from_the_root_of_the_stream() {
        var limits = new XmlLimits(1000, 3, 10, 10);

        assertThat(read(limits, "<r><a><b/></a>").wholes()).hasSize(1);
        assertLimit(read(limits, "<r><a><b><c/></b></a>"), "depth", 9);
    }

    @Test
    void x17_a_hundred_thousand_levels_are_refused_at_the_limit() {
        var error = Transcript.ofStream(ROOT + "<a>".repeat(100_000)).error().orElseThrow();

        assertThat(error.limit()).hasValue("depth");
        assertThat(error).hasMessageStartingWith("elements nest deeper than 64, which is the limit 'depth'");
        assertThat(error.offset()).isEqualTo(3 + 63 * 3);
    }

    @Test
    void x17_the_attributes_and_declarations_of_an_element_are_counted() {
        var limits = new XmlLimits(1000, 10, 3, 10);

        assertThat(read(limits, "<r><a b='' xmlns='u' c=''/>").wholes()).hasSize(1);
        assertLimit(read(limits, "<r><a b='' xmlns='u' c='' d=''/>"), "attributes", 26);
    }

    @Test
    void x17_names_are_measured_in_bytes_with_their_prefix() {
        var limits = new XmlLimits(1000, 10, 10, 8);

        assertThat(read(limits, "<r><abcdefgh/><ab:cdefg xmlns:ab='u'/><éééé/>").wholes())
                .hasSize(3);
        assertLimit(read(limits, "<r><abcdefghi/>"), "nameBytes", 4);
        assertLimit(read(limits, "<r><ééééa/>"), "nameBytes", 4);
        assertLimit(read(limits, "<r><a abcdefghi=''/>"), "nameBytes", 6);
    }

    @Test
    void x17_other_limits_of_tags_hold_from_the_next_element_on() {
        var parser = StreamParser.ofStream(XmlLimits.STANDARD);
        parser.feed(bytes("<r><a b='' c=''/><a b='' c=''/>"));
        parser.next();
        assertThat(parser.next()).isPresent();
        parser.limits(new XmlLimits(1000, 10, 1, 10));

        assertThatThrownBy(parser::next)
                .isInstanceOfSatisfying(
                        XmlException.class, error -> assertThat(error.limit()).hasValue("attributes"));
    }

    @Test
    void x17_many_attributes_with_the_same_hash_are_told_apart() {
        var tag = new StringBuilder("<a");
        for (int i = 0; i < 1024; i++) {
            tag.append(' ')
                    .append(Integer.toString(i + 1024, 2).replace("0", "Aa").replace("1", "BB"))
                    .append("=''");
        }

        assertThat(Element.parse(tag + "/>").attributes()).hasSize(1024);
    }

    @Test
    void a_limit_is_at_least_one() {
        assertThatThrownBy(() -> new XmlLimits(0, 1, 1, 1)).hasMessage("elementBytes must be above 0, was 0");
        assertThatThrownBy(() -> new XmlLimits(1, -1, 1, 1)).hasMessage("depth must be above 0, was -1");
        assertThatThrownBy(() -> new XmlLimits(1, 1, 0, 1)).hasMessage("attributes must be above 0, was 0");
        assertThatThrownBy(() -> new XmlLimits(1, 1, 1, 0)).hasMessage("nameBytes must be above 0, was 0");
    }

    @Test
    void an_error_that_is_no_limit_names_none() {
        assertThat(Transcript.ofStream("x").error().orElseThrow().limit()).isEqualTo(Optional.empty());
    }
}
