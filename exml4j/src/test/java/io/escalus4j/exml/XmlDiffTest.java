package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X28. */
class XmlDiffTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<a/> | <b/> | /a: expected <a xmlns=''>, but was <b xmlns=''>",
                "<a/> | <a xmlns='u'/> | /a: expected <a xmlns=''>, but was <a xmlns='u'>",
                "<a x='1'/> | <a x='2'/> | /a/@x: expected '1', but was '2'",
                "<a x='1'/> | <a/> | /a/@x: expected '1', but was nothing",
                "<a/> | <a p:x='1' xmlns:p='u'/> | /a/@{u}x: expected nothing, but was '1'",
                "<m><body>Hi!</body></m> | <m><body>Hi</body></m> | /m/body/text(): expected 'Hi!', but was 'Hi'",
                "<m><body>Hi</body></m> | <m><body/></m> | /m/body/text(): expected 'Hi', but was nothing",
                "<q><i/><i x='1'/><j/></q> | <q><i/><i x='2'/><j/></q> | /q/i[2]/@x: expected '1', but was '2'",
                "<q><i/></q> | <q><i/><i><b/></i></q> | /q/i[2]: expected nothing, but was <i><b/></i>",
                "<q><i/><j/></q> | <q><i/></q> | /q/j: expected <j/>, but was nothing",
                "<q>a<i/></q> | <q><i/></q> | /q/text(): expected 'a', but was <i/>",
                "<q><i/></q> | <q>a<i/></q> | /q/i: expected <i/>, but was 'a'",
                "<q><i><a><b/></a></i><j x='1'/></q> | <q><i><a><c/></a></i><j x='2'/></q> | /q/i/a/b: expected <b xmlns=''>, but was <c xmlns=''>",
                "<m>a<b/>c</m> | <m>a<b/>d</m> | /m/text(): expected 'c', but was 'd'",
                "<m>a<b/>c</m> | <m>a<b/></m> | /m/text(): expected 'c', but was nothing",
                "<a b='1' c='1'/> | <a c='2' b='2'/> | /a/@b: expected '1', but was '2'",
            })
    void x28_the_first_difference_is_named_with_what_was_wanted_and_what_was_there(
            String expected, String actual, String difference) {
        assertThat(XmlDiff.between(Element.parse(expected), Element.parse(actual)))
                .get()
                .hasToString(difference);
    }

    @Test
    void x28_the_parts_of_a_difference_can_be_read() {
        XmlDiff diff = XmlDiff.between(Element.parse("<a x='1'/>"), Element.parse("<a x='2'/>"))
                .orElseThrow();

        assertThat(diff).isEqualTo(new XmlDiff("/a/@x", "'1'", "'2'"));
    }

    @Test
    void x28_the_order_of_attributes_prefixes_and_borders_of_text_do_not_count() {
        assertThat(XmlDiff.between(
                        Element.parse("<a x='1' y='2'>b<![CDATA[c]]><p:d xmlns:p='u'/></a>"),
                        Element.parse("<a y='2' x='1'>bc<d xmlns='u'/></a>")))
                .isEmpty();
    }

    @Test
    void x28_what_is_shown_is_shortened() {
        var diff = XmlDiff.between(Element.of("a").withText("b".repeat(1000)), Element.of("a"))
                .orElseThrow();

        assertThat(diff.expected()).isEqualTo("'" + "b".repeat(200) + "…'");
    }
}
