package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** X20 to X23. */
class PathTest {
    private static final Element IQ = Element.parse("""
            <iq xmlns='jabber:client' to='alice'>\
            <query xmlns='jabber:iq:roster' ver='7'>\
            <item jid='bob' subscription='both'><group>Friends</group><group>Chess</group></item>\
            <item jid='kate' subscription='none'/>\
            <item jid='mike' subscription='both'><group/></item>\
            </query>\
            <p:error xmlns:p='urn:e' p:code='1' code='2'>item<p:item jid='eve'/></p:error>\
            </iq>""");

    private static List<String> jids(String path) {
        return Path.of(path).all(IQ).stream()
                .map(item -> item.attribute("jid", "?"))
                .toList();
    }

    @Test
    void x20_a_step_is_a_name_a_namespace_both_or_neither() {
        assertThat(jids("query/item")).containsExactly("bob", "kate", "mike");
        assertThat(jids("{jabber:iq:roster}query/{jabber:iq:roster}item")).containsExactly("bob", "kate", "mike");
        assertThat(jids("{urn:e}*/{urn:e}item")).containsExactly("eve");
        assertThat(jids("*/item")).containsExactly("bob", "kate", "mike", "eve");
        assertThat(jids("*/*")).containsExactly("bob", "kate", "mike", "eve");
        assertThat(jids("{urn:other}query/item")).isEmpty();
        assertThat(jids("item")).isEmpty();
    }

    @Test
    void x20_conditions_pick_by_attribute_and_by_place() {
        assertThat(jids("query/item[@subscription='both']")).containsExactly("bob", "mike");
        assertThat(jids("query/item[@subscription=\"both\"][2]")).containsExactly("mike");
        assertThat(jids("query/item[@subscription='both'][@jid='mike'][1]")).containsExactly("mike");
        assertThat(jids("query/item[2]")).containsExactly("kate");
        assertThat(jids("query/item[4]")).isEmpty();
        assertThat(jids("*[@ver]/*")).containsExactly("bob", "kate", "mike");
        assertThat(jids("*[@xmlns='jabber:iq:roster']/item[3]")).containsExactly("mike");
    }

    @Test
    void x20_the_last_step_may_be_an_attribute_or_text() {
        assertThat(Path.of("query/item/@jid").values(IQ)).containsExactly("bob", "kate", "mike");
        assertThat(Path.of("query/item/@jid").value(IQ)).hasValue("bob");
        assertThat(Path.of("query/item/group/text()").values(IQ)).containsExactly("Friends", "Chess", "");
        assertThat(Path.of("*/@p:code").values(IQ)).containsExactly("1");
        assertThat(Path.of("query/item/@name").values(IQ))
                .as("a missing attribute contributes nothing")
                .isEmpty();
        assertThat(Path.of("query/item/text()").values(IQ))
                .as("a missing text is an empty one")
                .containsExactly("", "", "");
    }

    @Test
    void x20_the_empty_path_is_the_element_itself() {
        assertThat(Path.of("").first(IQ)).hasValue(IQ);
        assertThat(Path.here().all(IQ)).containsExactly(IQ);
        assertThat(Path.of("@to").value(IQ)).hasValue("alice");
        assertThat(Path.of("text()").value(Element.parse("<a>b</a>"))).hasValue("b");
    }

    @Test
    void x20_where_nothing_is_found_there_is_the_default() {
        assertThat(Path.of("query/@missing").value(IQ)).isEmpty();
        assertThat(Path.of("query/@missing").value(IQ, "default")).isEqualTo("default");
        assertThat(Path.of("missing/text()").value(IQ, "default")).isEqualTo("default");
        assertThat(Path.of("query/text()").value(IQ, "default"))
                .as("an element without text has an empty one")
                .isEmpty();
        assertThat(Path.of("missing").first(IQ)).isEmpty();
    }

    @Test
    void x20_descendants_are_found_once_and_in_document_order() {
        var nested = Element.parse("<r><a i='1'><a i='2'><b i='3'/><a i='4'><b i='5'/></a></a><b i='6'/></a></r>");

        assertThat(Path.of("//b/@i").values(nested)).containsExactly("3", "5", "6");
        assertThat(Path.of("//a/b/@i").values(nested)).containsExactly("3", "5", "6");
        assertThat(Path.of("//a//b/@i").values(nested)).containsExactly("3", "5", "6");
        assertThat(Path.of("//a//a/@i").values(nested)).containsExactly("2", "4");
        assertThat(Path.of("a//b[1]/@i").values(nested)).containsExactly("3", "5", "6");
        assertThat(Path.of("//*[2]/@i").values(nested))
                .as("the second child of each parent")
                .containsExactly("4", "6");
        assertThat(Path.of("//a/a/a/b/@i").values(nested)).containsExactly("5");
        assertThat(Path.of("//r").all(nested))
                .as("the element itself is no descendant")
                .isEmpty();
    }

    @Test
    void x20_an_element_that_stands_twice_is_found_twice() {
        var twice = Element.of("item").with("i", "1");

        assertThat(Path.of("//item/@i")
                        .values(Element.of("r").with(twice, Element.of("x").with(twice))))
                .containsExactly("1", "1");
    }

    @Test
    void x21_a_text_that_equals_a_name_is_no_element() {
        var element = Element.parse("<a>b<c/></a>");

        assertThat(Path.of("b").first(element)).isEmpty();
        assertThat(element.child("b", "")).isEmpty();
        assertThat(Path.of("*").all(element)).containsExactly(Element.of("c"));
        assertThat(element.upsert(Element.of("b")).toXml()).isEqualTo("<a>b<c/><b/></a>");
        assertThat(element.withIfAbsent(Element.of("b")).toXml()).isEqualTo("<a>b<c/><b/></a>");
    }

    @Test
    void x22_a_later_way_is_tried_where_the_first_one_ends() {
        var element = Element.parse("<r><a/><a><c/></a><a><b>found</b></a></r>");

        assertThat(Path.of("a/b").first(element)).map(Element::text).hasValue("found");
        assertThat(Path.of("a/b/text()").value(element)).hasValue("found");
        assertThat(Path.of("a/@x").value(Element.parse("<r><a/><a x='1'/></r>")))
                .hasValue("1");
    }

    @Test
    void x22_one_and_all_refuse_a_path_of_the_wrong_sort_with_the_same_words() {
        var values = Path.of("a/@b");
        var elements = Path.of("a/b");

        assertThatThrownBy(() -> values.first(IQ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a/@b' finds values and no elements, it must not end with @b");
        assertThatThrownBy(() -> values.all(IQ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a/@b' finds values and no elements, it must not end with @b");
        assertThatThrownBy(() -> elements.value(IQ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a/b' finds elements and no values, it must end with @name or text()");
        assertThatThrownBy(() -> elements.values(IQ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a/b' finds elements and no values, it must end with @name or text()");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@a/b           | 'b' behind '@a', that must be the end of a path",
                "text()/b       | 'b' behind 'text()', that must be the end of a path",
                "text()/@b      | '@b' behind 'text()', that must be the end of a path",
                "a/             | path 'a/' has the end at 2, it must be a name (see Path)",
                "/a             | path '/a' has '/' at 0, it must be a name (see Path)",
                "a//@b          | path 'a//@b' has '@' at 3, it must be a name (see Path)",
                "a[             | path 'a[' has the end at 2, it must be @ or a number of up to 9 digits (see Path)",
                "a[b]           | path 'a[b]' has 'b' at 2, it must be @ or a number of up to 9 digits (see Path)",
                "a[1            | path 'a[1' has the end at 3, it must be ] (see Path)",
                "a[0]           | place is 0, it must be 1 or more",
                "a[1][@b]       | '[@b]' behind '[1]', a place must be the last condition of its step",
                "a[1][2]        | '[2]' behind '[1]', a place must be the last condition of its step",
                "a[@b=c]        | path 'a[@b=c]' has 'c' at 5, it must be ' (see Path)",
                "a[@b=\"c]      | path 'a[@b=\"c]' has the end at 8, it must be a closing \" (see Path)",
                "{u             | path '{u' has the end at 2, it must be a closing } (see Path)",
                "{u}            | path '{u}' has the end at 3, it must be a name (see Path)",
                "a b            | 'a b' is not a name, it must be an NCName (Namespaces in XML 1.0 section 3)",
                "a]b            | path 'a]b' has ']' at 1, it must be / (see Path)",
                "@p:q:r         | 'q:r' is not a name, it must be an NCName (Namespaces in XML 1.0 section 3)",
            })
    void x22_a_path_that_means_nothing_is_refused_when_it_is_made(String text, String message) {
        assertThatThrownBy(() -> Path.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void x22_the_builder_refuses_the_same() {
        assertThatThrownBy(() -> Path.here().attribute("a").element("b"))
                .hasMessage("'b' behind '@a', that must be the end of a path");
        assertThatThrownBy(() -> Path.here().text().at(1)).hasMessageContaining("behind 'text()'");
        assertThatThrownBy(() -> Path.here().where("a", "b"))
                .hasMessage("a condition needs a step before it, for example *[@jid]");
        assertThatThrownBy(() -> Path.here().element("a").at(1).having("b"))
                .hasMessageContaining("must be the last condition");
        assertThatThrownBy(() -> Path.of("a/".repeat(63) + "a")).hasMessageStartingWith("path has more than 63 steps");
        assertThat(Path.of("a/".repeat(62) + "a").all(IQ)).isEmpty();
    }

    @Test
    void x23_namespaces_are_those_that_are_in_scope() {
        var element = Element.parse("<a xmlns='urn:d' xmlns:p='urn:p'><b><p:c/></b><c xmlns='urn:p'/></a>");

        assertThat(Path.of("{urn:d}b/{urn:p}c").all(element)).hasSize(1);
        assertThat(Path.of("//{urn:p}c").all(element)).hasSize(2);
        assertThat(Path.of("//c[@xmlns='urn:p']").all(element))
                .as("by the literal attribute")
                .hasSize(1);
        assertThat(element.child("b").orElseThrow().attribute("xmlns")).isEmpty();
        assertThat(element.attribute("xmlns:p")).hasValue("urn:p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "//a",
                "a//b/*",
                "{u}a/{v:w}*",
                "a[@b='it''s'][@c][3]/@d:e",
                "//*[@x='\"/]']//y/text()",
                "@a",
                "text()"
            })
    void the_text_form_of_a_path_is_its_string(String text) {
        assertThat(Path.of(text)).hasToString(text).isEqualTo(Path.of(text)).hasSameHashCodeAs(Path.of(text));
    }

    @Test
    void the_builder_and_the_text_form_make_the_same_path() {
        assertThat(Path.here()
                        .element("query", "jabber:iq:roster")
                        .element("item")
                        .where("jid", "bob")
                        .having("x")
                        .at(2)
                        .attribute("name"))
                .isEqualTo(Path.of("{jabber:iq:roster}query/item[@jid='bob'][@x][2]/@name"))
                .isNotEqualTo(Path.of("{jabber:iq:roster}query/item[@jid='bob'][@x][2]"));
        assertThat(Path.here()
                        .descendant("a")
                        .descendant("b", "u")
                        .anyDescendant()
                        .anyElement()
                        .elementIn("v")
                        .text())
                .isEqualTo(Path.of("//a//{u}b//*/*/{v}*/text()"));
        assertThat(Path.of("a[@b=\"say \"\"hi\"\"\"]").first(Element.parse("<r><a b='say \"hi\"'/></r>")))
                .isPresent();
        assertThat(Path.of("a[@b]").first(Element.parse("<r><a/></r>"))).isEqualTo(Optional.empty());
    }
}
