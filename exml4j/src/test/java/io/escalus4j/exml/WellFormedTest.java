package io.escalus4j.exml;

import static io.escalus4j.exml.StreamTest.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.escalus4j.exml.XmlException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not well-formed or not allowed is refused, with its kind and its place: X04 to X10. */
class WellFormedTest {
    private static XmlException refusal(String document) {
        var error = catchThrowableOfType(XmlException.class, () -> Element.parse(document));
        assertThat(error).as(document).isNotNull();
        return error;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a><b></c></a> | MISMATCHED_TAG | 6",
                "<a><b></a>     | MISMATCHED_TAG | 6",
                "<a><b></b>     | UNEXPECTED_END | 10",
                "<a x='1' x='2'/> | DUPLICATE_ATTRIBUTE | 9",
                "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/> | DUPLICATE_ATTRIBUTE | 34",
                "<a xmlns='u' xmlns='v'/> | DUPLICATE_ATTRIBUTE | 13",
                "<a/><b/>       | SECOND_ROOT | 4",
                "<a/>b          | CONTENT_AFTER_ROOT | 4",
                "<a/><![CDATA[]]> | CONTENT_AFTER_ROOT | 4",
                "a<a/>          | NOT_WELL_FORMED | 0",
                "</a>           | MISMATCHED_TAG | 0",
                "<a/></a>       | MISMATCHED_TAG | 4",
                "<a             | UNEXPECTED_END | 2",
                "<a>b           | UNEXPECTED_END | 4",
                "''             | UNEXPECTED_END | 0",
            })
    void x04_each_broken_shape_has_its_kind_and_offset(String document, Kind kind, long offset) {
        XmlException error = refusal(document);

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.offset()).isEqualTo(offset);
    }

    @Test
    void an_error_says_where_it_is_in_the_words_of_a_reader() {
        XmlException error = refusal("<a>\n <b>é</b><c>\n\t𝄞<d></e>");

        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(6);
        assertThat(error.path()).isEqualTo("a/c/d");
        assertThat(error.limit()).isEmpty();
        assertThat(error)
                .hasMessage(
                        "</e> closes <d>, it must be </d> (XML 1.0 section 3) (offset 26, line 3, column 6, in a/c/d)");
    }

    @Test
    void the_path_of_a_deep_place_leaves_its_middle_out() {
        assertThat(refusal("<a>".repeat(500) + "</b>").path()).isEqualTo("a/a/…/a/a/a/a");
    }

    @Test
    void what_is_shown_of_the_input_is_short_and_harmless() {
        String name = "n".repeat(100);

        assertThat(refusal("<" + name + "></x>"))
                .hasMessageContaining("n".repeat(40) + "…")
                .hasMessageNotContaining("n".repeat(41));
        assertThat(refusal("<a>&\u202E\u0085;</a>")).hasMessageContaining("'&??;'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a>fish & chips</a> | INVALID_REFERENCE",
                "<a>R&D; x</a>       | INVALID_REFERENCE",
                "<a>&;</a>           | INVALID_REFERENCE",
                "<a>& amp;</a>       | INVALID_REFERENCE",
                "<a>&AMP;</a>        | INVALID_REFERENCE",
                "<a b='&nbsp;'/>     | INVALID_REFERENCE",
                "<a b='1 < 2'/>      | NOT_WELL_FORMED",
                "<a>x]]>y</a>        | NOT_WELL_FORMED",
                "<a>]]]]]></a>       | NOT_WELL_FORMED",
            })
    void x05_what_must_be_escaped_is_refused_bare(String document, Kind kind) {
        assertThat(refusal(document).kind()).isEqualTo(kind);
    }

    @Test
    void x05_an_unknown_entity_is_restricted_on_a_stream() {
        assertThat(Transcript.ofStream(HEADER + "<a>&nbsp;</a>").kind()).isEqualTo(Kind.RESTRICTED);
    }

    @Test
    void x06_the_five_entities_and_numbers_are_decoded() {
        var element = Element.parse(
                "<a b='&lt;&gt;&amp;&apos;&quot;&#9;&#x0041;'>&lt;&gt;&amp;&apos;&quot;&#65;&#x1D11E;&#0000065;&#xD;&#x10fFfF;</a>");

        assertThat(element.attribute("b")).hasValue("<>&'\"\tA");
        assertThat(element.text()).isEqualTo("<>&'\"A𝄞A\r\uDBFF\uDFFF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#0;",
                "&#x1;",
                "&#xD800;",
                "&#xDFFF;",
                "&#x110000;",
                "&#99999999999999999999;",
                "&#;",
                "&#x;",
                "&#1a;",
                "&#xg;",
                "&#X41;",
                "&#-1;",
                "&#xFFFE;",
                "&#65"
            })
    void x06_numbers_that_mean_no_character_are_refused(String reference) {
        assertThat(refusal("<a>" + reference + "</a>").kind()).isEqualTo(Kind.INVALID_REFERENCE);
        assertThat(refusal("<a b='" + reference + "'/>").kind()).isEqualTo(Kind.INVALID_REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a%s/>",
                "<a b%s='c'/>",
                "<a b='%s'/>",
                "<a>%s</a>",
                "<a><![CDATA[%s]]></a>",
                "<a><!--%s--></a>",
                "<a><?b %s?></a>",
                "<a></a%s>",
                "%s<a/>",
                "<a/>%s",
                "<%sa/>",
                "<a>é%s</a>",
                "<a b='é%s'/>"
            })
    void x07_control_characters_are_refused_wherever_they_stand(String place) {
        for (char c = 0; c < 0x20; c++) {
            if (c != '\t' && c != '\n' && c != '\r') {
                assertThat(refusal(place.formatted(c)).kind())
                        .as("U+%04X in %s", (int) c, place)
                        .isEqualTo(Kind.ILLEGAL_CHARACTER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='%s'/>", "<a>%s</a>", "<a>é%s</a>"})
    void x07_control_characters_are_refused_as_references_too(String place) {
        for (int c = 0; c < 0x20; c++) {
            if (c != '\t' && c != '\n' && c != '\r') {
                for (String reference :
                        List.of("&#%d;".formatted(c), "&#x%X;".formatted(c), "&#x000%x;".formatted(c))) {
                    assertThat(refusal(place.formatted(reference)).kind())
                            .as(reference)
                            .isEqualTo(Kind.INVALID_REFERENCE);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='%s'/>", "<a>%s</a>", "<a><![CDATA[%s]]></a>", "<a><!--%s--></a>", "<a%s/>"})
    void x07_noncharacters_are_refused(String place) {
        assertThat(refusal(place.formatted("\uFFFE")).kind()).isEqualTo(Kind.ILLEGAL_CHARACTER);
        assertThat(refusal(place.formatted("\uFFFF")).kind()).isEqualTo(Kind.ILLEGAL_CHARACTER);
    }

    @ParameterizedTest
    @CsvSource({
        "C0 AF, overlong",
        "E0 80 AF, overlong",
        "F0 80 80 AF, overlong",
        "C1 BF, overlong",
        "E0 9F BF, overlong",
        "F0 8F BF BF, overlong",
        "ED A0 80, surrogate",
        "ED BF BF, surrogate",
        "F4 90 80 80, above U+10FFFF",
        "F5 80 80 80, no lead byte",
        "FF, no lead byte",
        "80, a continuation alone",
        "BF, a continuation alone",
        "C3, cut off",
        "E4 B8, cut off",
        "F0 9D 84, cut off",
        "C3 28, cut off",
        "E4 B8 41, cut off",
    })
    void x08_what_is_not_utf_8_is_refused(String hex, String why) {
        byte[] wrong = bytes(hex);
        for (String place :
                new String[] {"<a>%s</a>", "<a b='%s'/>", "<a><![CDATA[%s]]></a>", "<a%s/>", "<!--%s--><a/>"}) {
            byte[] document = place.formatted(new String(wrong, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> Element.parse(document))
                    .as(why + " in " + place)
                    .isInstanceOfSatisfying(
                            XmlException.class,
                            error -> assertThat(error.kind()).isEqualTo(Kind.INVALID_UTF8));
        }
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    @Test
    void x08_every_character_of_xml_is_accepted_and_read_as_itself() {
        for (int c = 0x20; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 997) {
            if (XmlChars.isChar(c) && c != '<' && c != '&') {
                String text = Character.toString(c);
                assertThat(Element.parse("<a b=\"" + text.replace("\"", "") + "\">" + text + "</a>")
                                .text())
                        .isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "中", "\uD800\uDC00"})
    void x08_a_character_that_is_cut_between_chunks_is_read(String character) {
        byte[] document = "<%1$s b='%1$s'>%1$s<![CDATA[%1$s]]></%1$s>"
                .formatted(character)
                .getBytes(StandardCharsets.UTF_8);
        Element whole = Element.parse(document);
        for (int at = 0; at <= document.length; at++) {
            assertThat(Transcript.of(
                                    () -> StreamParser.ofDocument(XmlLimits.STANDARD), Transcript.splitAt(document, at))
                            .wholes())
                    .containsExactly(whole);
        }
    }

    @Test
    void x08_a_string_with_half_a_surrogate_pair_is_no_document() {
        assertThat(refusal("<a>\uD834</a>").kind()).isEqualTo(Kind.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><a>&d;</a>",
                "<?xml version='1.0'?> <!-- x --> <!DOCTYPE a><a/>",
                "<a><!DOCTYPE b></a>",
            })
    void x09_a_dtd_is_refused_at_its_first_letters(String document) {
        XmlException error = refusal(document);

        assertThat(error.kind()).isEqualTo(Kind.RESTRICTED);
        assertThat(error.offset()).isEqualTo(document.indexOf("<!DOCTYPE"));
        assertThat(error.kind().condition()).isEqualTo("restricted-xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!-- a -->", "<?go there?>", "<!DOCTYPE a>", "<?xml-stylesheet href='a'?>"})
    void x10_comments_instructions_and_dtds_are_restricted_on_a_stream(String restricted) {
        assertThat(Transcript.ofStream(restricted + HEADER).kind()).isEqualTo(Kind.RESTRICTED);
        assertThat(Transcript.ofStream(HEADER + restricted).kind()).isEqualTo(Kind.RESTRICTED);
        assertThat(Transcript.ofStream(HEADER + "<a>b" + restricted).kind()).isEqualTo(Kind.RESTRICTED);
        assertThat(Transcript.ofFrames(restricted + "<a/>").kind()).isEqualTo(Kind.RESTRICTED);
        assertThat(Transcript.ofFrames("<a/>" + restricted).kind()).isEqualTo(Kind.RESTRICTED);
    }

    @Test
    void x10_a_document_skips_comments_and_instructions_and_joins_the_text_around_them() {
        var element = Element.parse("<!-- 1 --><?a?><a>te<!-- 2 - 3 --><?b c ? > d?>a<b/><!---->x</a><!-- 4 --> <?e?>");

        assertThat(element).isEqualTo(Element.parse("<a>tea<b/>x</a>"));
        assertThat(element.children()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><!-- b -- c --></a>",
                "<a><!-- b ---></a>",
                "<a><!--></a>",
                "<a><?xml version='1.0'?></a>",
                "<a><?XML b?></a>",
                "<a><? b?></a>",
                "<a><?b:c d?></a>",
                "<a><?b/?></a>",
                "<!- a --><a/>",
                "<!a><a/>",
                "<a><![CDAT[b]]></a>",
                "<a><!x></a>"
            })
    void broken_comments_instructions_and_sections_are_refused(String document) {
        assertThat(refusal(document).kind()).isIn(Kind.NOT_WELL_FORMED, Kind.UNEXPECTED_END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a b='1'c='2'/>",
                "<a b/>",
                "<a b=/>",
                "<a b=1/>",
                "<a b='1/>",
                "<a b '1'/>",
                "<a 'b'/>",
                "<a =''/>",
                "<a / >",
                "<a/ >",
                "< a/>",
                "<>",
                "<1/>",
                "<-a/>",
                "<a:/>",
                "<:a/>",
                "<a:b:c xmlns:a='u'/>",
                "<a 1b=''/>",
                "<a><b</a>",
                "<a></a<",
                "<a \u00B7=''/>",
                "<a$/>",
                "<a><></></a>",
                "<xmlns:a/>",
                "<a \"/>",
                "<a b==''/>",
                "<a b:=''/>",
            })
    void tags_that_break_the_grammar_are_refused(String document) {
        assertThat(Trees.parsed(document)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a b = 'c'\td\n=\r\n\"e\" />",
                "<a   ></a\n>",
                "<_a.b-c1·é/>",
                "<a b='>' c='/'/>",
                "<a b='/'/>",
                "<a b=\"'\" c='\"'/>",
                "<a>></a>",
                "<a>]]</a>",
                "<a>]]&gt;</a>"
            })
    void tags_that_keep_the_grammar_are_read(String document) {
        assertThat(Trees.parsed(document)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p:a/> | UNBOUND_PREFIX",
                "<a p:b=''/> | UNBOUND_PREFIX",
                "<a><b xmlns:p='u'/><p:c/></a> | UNBOUND_PREFIX",
                "<a xmlns:p=''/> | NOT_WELL_FORMED",
                "<a xmlns:xml='u'/> | NOT_WELL_FORMED",
                "<a xmlns:xmlns='u'/> | NOT_WELL_FORMED",
                "<a xmlns:p='http://www.w3.org/2000/xmlns/'/> | NOT_WELL_FORMED",
                "<a xmlns='http://www.w3.org/XML/1998/namespace'/> | NOT_WELL_FORMED",
                "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/> | NOT_WELL_FORMED",
                "<xmlns:a/> | UNBOUND_PREFIX",
            })
    void namespaces_are_used_as_namespaces_in_xml_says(String document, Kind kind) {
        assertThat(refusal(document).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<?xml version='1.0' encoding='UTF-16'?><a/> | UNSUPPORTED_ENCODING",
                "<?xml version='1.0' encoding='ISO-8859-1'?><a/> | UNSUPPORTED_ENCODING",
                "<?xml version='1.1'?><a/> | NOT_WELL_FORMED",
                "<?xml encoding='UTF-8'?><a/> | NOT_WELL_FORMED",
                "<?xml version='1.0' standalone='maybe'?><a/> | NOT_WELL_FORMED",
                "<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/> | NOT_WELL_FORMED",
                "<?xml version='1.0' version='1.0'?><a/> | NOT_WELL_FORMED",
                "<?xml version='1&#46;0'?><a/> | NOT_WELL_FORMED",
                "<?xml version='1.0' x='y'?><a/> | NOT_WELL_FORMED",
                "<?xml ?><a/> | NOT_WELL_FORMED",
                "' <?xml version=\"1.0\"?><a/>' | NOT_WELL_FORMED",
                "<!----><?xml version='1.0'?><a/> | NOT_WELL_FORMED",
                "<?a?><?xml version='1.0'?><b/> | NOT_WELL_FORMED",
                "<a/><?xml version='1.0'?> | NOT_WELL_FORMED",
            })
    void an_xml_declaration_is_the_first_thing_and_says_utf_8(String document, Kind kind) {
        assertThat(refusal(document).kind()).isEqualTo(kind);
    }

    @Test
    void line_ends_and_the_white_space_of_values_are_normalized() {
        var element = Element.parse("<a b='1\r\n2\r3\n4\t5&#13;&#10;'>1\r\n2\r3\n4\t5\r\r\n<![CDATA[\r\n\r]]></a>");

        assertThat(element.attribute("b")).hasValue("1 2 3 4 5\r\n");
        assertThat(element.text()).isEqualTo("1\n2\n3\n4\t5\n\n\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                'A', 'Z', '_', 'a', 'z', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF, 0x200C,
                0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000,
                0xEFFFF,
            })
    void a_name_may_start_with_these_characters_of_xml_1_0_section_2_3(int c) {
        String name = Character.toString(c);

        assertThat(Element.parse("<" + name + "/>").name()).isEqualTo(name);
        assertThat(Element.of("a" + name).name()).isEqualTo("a" + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a b=c/>      | 'c' in a tag, allowed here is a quote (XML 1.0 section 3.1) (offset 5,",
                "<a b='1'c=''/> | 'c' in a tag, allowed here is white space, '>' or '/>' (XML 1.0 section 3.1) (offset 8,",
                "<a é/>        | '/' in a tag, allowed here is '=' (XML 1.0 section 3.1) (offset 5,",
                "<a ~/>        | '~' in a tag, allowed here is a name (XML 1.0 section 3.1) (offset 3,",
                "<a b=''/> | U+0001 is not a character of XML, allowed are those of XML 1.0 section 2.2 (offset 6,",
                "<a />   | 0x1B in a tag, allowed here is a name (XML 1.0 section 3.1) (offset 3,",
                "<!x>          | '<!' before 'x', allowed is a CDATA section (RFC 6120 section 11.1) (offset 0,",
                "<a><![CDAT[]]> | '<!' is not the start of '<![CDATA[' (RFC 6120 section 11.1) (offset 3,",
                "<!- a -->     | '<!' is not the start of '<!--' (RFC 6120 section 11.1) (offset 0,",
                "<p:a/>        | prefix 'p' is not bound, it must be declared with xmlns:p (Namespaces in XML 1.0 section 5) (offset 0,",
                "<a b='' b=''/> | attribute b stands twice, allowed is once (Namespaces in XML 1.0 section 6.3) (offset 8,",
                "<a            | the input ends here, it must go on with an element (XML 1.0 section 2.1) (offset 2,",
            })
    void an_error_says_what_was_seen_and_what_is_allowed(String document, String message) {
        assertThat(refusal(document)).hasMessageStartingWith(message);
    }

    @Test
    void an_error_shows_the_bytes_that_are_not_utf_8() {
        assertThatThrownBy(() -> Element.parse(bytes("3C 61 3E E4 B8 3C 2F 61 3E")))
                .hasMessageStartingWith(
                        "bytes E4 B8 are not UTF-8, no other encoding is allowed (RFC 6120 section 11.6) (offset 3,");
        assertThatThrownBy(() -> Element.parse(bytes("3C 61 3E E4 41 41 3C 2F 61 3E")))
                .hasMessageStartingWith("bytes E4 41 are not UTF-8");
        assertThatThrownBy(() -> Element.parse(bytes("3C 61 3E FF 3C 2F 61 3E")))
                .hasMessageStartingWith("bytes FF are not UTF-8");
        assertThatThrownBy(() -> Element.parse(bytes("3C 61 3E F4 90 80 80 3C 2F 61 3E")))
                .hasMessageStartingWith("bytes F4 90 80 80 are not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {'-', '.', '0', '9', 0xB7, 0x300, 0x36F, 0x203F, 0x2040})
    void a_name_may_go_on_but_not_start_with_these(int c) {
        String name = Character.toString(c);

        assertThat(Trees.parsed("<a" + name + "/>")).isPresent();
        assertThat(Trees.parsed("<" + name + "/>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                '@', '[', '^', '`', '{', ',', ';', 0xB6, 0xB8, 0xBF, 0xD7, 0xF7, 0x37E, 0x2000, 0x200B, 0x200E, 0x203E,
                0x2041, 0x206F, 0x2190, 0x2BFF, 0x2FF0, 0x3000, 0xE000, 0xF8FF, 0xFDD0, 0xFDEF, 0xF0000, 0x10FFFF,
            })
    void no_name_holds_these(int c) {
        assertThat(Trees.parsed("<a" + Character.toString(c) + "/>")).isEmpty();
        assertThatThrownBy(() -> Element.of("a" + Character.toString(c))).isInstanceOf(IllegalArgumentException.class);
    }
}
