package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees are built and changed by copies, and cannot hold what cannot be written: X24, X27. */
class ElementTest {
    private static final String ORIGINAL = "<a xmlns='u' x='1' y='2'>one<b i='1'/>two<c xmlns='v'/><b i='2'/></a>";
    private final Element original = Element.parse(ORIGINAL);

    private void assertChanged(Supplier<Element> change, String result) {
        assertThat(change.get().toXml()).isEqualTo(result);
        assertThat(original.toXml()).as("the original").isEqualTo(ORIGINAL);
    }

    @Test
    void x27_children_are_added_at_the_end() {
        assertChanged(() -> original.with(Element.of("d"), Text.of("!")), ORIGINAL.replace("</a>", "<d/>!</a>"));
        assertChanged(() -> original.with(List.of()), ORIGINAL);
        assertChanged(() -> original.withText("!"), ORIGINAL.replace("</a>", "!</a>"));
        assertChanged(() -> original.withText(""), ORIGINAL);
        assertChanged(() -> original.withOnly(List.of(Element.of("d"))), "<a xmlns='u' x='1' y='2'><d/></a>");
    }

    @Test
    void x27_a_child_is_put_in_the_place_of_the_first_of_its_name_and_namespace() {
        assertChanged(
                () -> original.upsert(Element.of("b").with("i", "3")), ORIGINAL.replace("<b i='1'/>", "<b i='3'/>"));
        assertChanged(
                () -> original.upsert(Element.of("c", "v").withText("3")),
                ORIGINAL.replace("<c xmlns='v'/>", "<c xmlns='v'>3</c>"));
        assertChanged(() -> original.upsert(Element.of("c")), ORIGINAL.replace("</a>", "<c/></a>"));
    }

    @Test
    void x27_a_child_is_added_if_there_is_none_of_its_name_and_namespace() {
        assertChanged(() -> original.withIfAbsent(Element.of("b").with("i", "3")), ORIGINAL);
        assertChanged(() -> original.withIfAbsent(Element.of("c")), ORIGINAL.replace("</a>", "<c/></a>"));
    }

    @Test
    void x27_children_are_taken_away() {
        assertChanged(() -> original.withoutText(), "<a xmlns='u' x='1' y='2'><b i='1'/><c xmlns='v'/><b i='2'/></a>");
        assertChanged(() -> original.without("b", "u"), "<a xmlns='u' x='1' y='2'>onetwo<c xmlns='v'/></a>");
        assertChanged(() -> original.without("b", "v"), ORIGINAL);
        assertChanged(() -> original.filter(Text.class::isInstance), "<a xmlns='u' x='1' y='2'>onetwo</a>");
    }

    @Test
    void a_copy_with_another_attribute_shares_what_was_made_of_the_children() {
        Element read = Element.parse("<a x='1'><b>tea</b></a>");
        var children = read.children();

        Element copy = read.with("x", "2");

        assertThat(copy.children()).isSameAs(children);
        assertThat(copy.toXml()).isEqualTo("<a x='2'><b>tea</b></a>");
    }

    @Test
    void x27_attributes_are_set_in_their_place_and_taken_away() {
        assertChanged(() -> original.with("x", "3"), ORIGINAL.replace("x='1'", "x='3'"));
        assertChanged(() -> original.with("z", "3"), ORIGINAL.replace("y='2'", "y='2' z='3'"));
        assertChanged(() -> original.with("xml:lang", "en"), ORIGINAL.replace("y='2'", "y='2' xml:lang='en'"));
        assertChanged(() -> original.with("x", Optional.of("3")), ORIGINAL.replace("x='1'", "x='3'"));
        assertChanged(() -> original.with("x", Optional.empty()), ORIGINAL);
        assertChanged(() -> original.without("x"), ORIGINAL.replace(" x='1'", ""));
        assertChanged(() -> original.without("missing"), ORIGINAL);
    }

    @Test
    void what_a_tree_holds_cannot_be_changed_from_outside() {
        var children = new ArrayList<Node>(List.of(Text.of("a")));
        Element element = Element.of("a").with(children);
        children.clear();

        assertThat(element.text()).isEqualTo("a");
        assertThatThrownBy(() -> element.children().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> original.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void an_element_is_read_by_name_and_namespace() {
        assertThat(original.name()).isEqualTo("a");
        assertThat(original.namespace()).isEqualTo("u");
        assertThat(original.is("a", "u")).isTrue();
        assertThat(original.is("a", "v")).isFalse();
        assertThat(original.attribute("x")).hasValue("1");
        assertThat(original.attribute("z", "otherwise")).isEqualTo("otherwise");
        assertThat(original.elements()).hasSize(3);
        assertThat(original.elements("b", "u")).hasSize(2);
        assertThat(original.child("b"))
                .get()
                .satisfies(b -> assertThat(b.attribute("i")).hasValue("1"));
        assertThat(original.child("c")).isEmpty();
        assertThat(original.has("c", "v")).isTrue();
        assertThat(original.firstElement()).get().extracting(Element::name).isEqualTo("b");
        assertThat(Element.of("a").firstElement()).isEmpty();
        assertThat(original.text()).isEqualTo("onetwo");
        assertThat(Element.of("a").text()).isEmpty();
        assertThat(Element.parse("<a><b>c</b></a>").childText("b")).hasValue("c");
        assertThat(original).hasToString(ORIGINAL);
        assertThat(Element.text("b", "u", "c").toXml()).isEqualTo("<b xmlns='u'>c</b>");
    }

    @Test
    void an_element_without_a_namespace_takes_that_of_the_one_it_is_put_into() {
        Element query = Element.of("query", "jabber:iq:roster")
                .with(Element.of("item").with(Element.of("group"), Element.of("x", "urn:x")));
        Element item = query.elements().get(0);

        assertThat(item.namespace()).isEqualTo("jabber:iq:roster");
        assertThat(item.elements()).extracting(Element::namespace).containsExactly("jabber:iq:roster", "urn:x");
        assertThat(Element.of("iq", "jabber:client").with(query).toXml())
                .isEqualTo(
                        "<iq xmlns='jabber:client'><query xmlns='jabber:iq:roster'><item><group/><x xmlns='urn:x'/></item></query></iq>");
    }

    @Test
    void an_element_that_says_it_has_no_namespace_keeps_none() {
        Element none =
                Element.parse("<a xmlns='u'><b xmlns=''/></a>").elements().get(0);

        assertThat(Element.of("c", "v").with(none).toXml()).isEqualTo("<c xmlns='v'><b xmlns=''/></c>");
    }

    @Test
    void trees_are_equal_when_xml_says_so() {
        Element one = Element.parse("<p:a xmlns:p='u' x='1' y='2' p:z='3'>b<![CDATA[c]]><d/></p:a>");
        Element same = Element.parse("<a y='2' q:z='3' xmlns:q='u' xmlns='u' x='1'>bc<d xmlns=''/></a>");

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("<a/>");
        assertThat(Element.of("a").with(Text.of(""), Text.of("b"), Text.cdata("c")))
                .isEqualTo(Element.parse("<a>bc</a>"));
        assertThat(Text.of("a"))
                .isEqualTo(Text.cdata("a"))
                .hasSameHashCodeAs(Text.cdata("a"))
                .hasToString("a")
                .isNotEqualTo(Text.of("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a xmlns='u' x='1'>t<b/></a>",
                "<b x='1'>t<b/></b>",
                "<a x='2'>t<b/></a>",
                "<a>t<b/></a>",
                "<a x='1' y='1'>t<b/></a>",
                "<a y='1'>t<b/></a>",
                "<a x='1'>u<b/></a>",
                "<a x='1'><b/>t</a>",
                "<a x='1'>t<c/></a>",
                "<a x='1'>t</a>",
                "<a x='1'>t<b/><b/></a>",
                "<a x='1'>t<b><c/></b></a>",
                "<a p:x='1' xmlns:p='u'>t<b/></a>",
                "<a x='1'>t <b/></a>",
            })
    void trees_are_not_equal_when_anything_else_differs(String other) {
        assertThat(Element.parse("<a x='1'>t<b/></a>")).isNotEqualTo(Element.parse(other));
    }

    @TestFactory
    List<DynamicTest> x24_what_xml_cannot_carry_is_refused_when_the_tree_is_built() {
        return List.of(
                refused("'1a' is not a name", () -> Element.of("1a")),
                refused("'' is not a name", () -> Element.of("")),
                refused("'a b' is not a name", () -> Element.of("a b")),
                refused("'a:b' is not a name", () -> Element.of("a:b")),
                refused("'a><b' is not a name", () -> Element.of("a").with("a><b", "c")),
                refused("U+0000 at 1 is not a character", () -> Element.of("a").withText("b\0")),
                refused("U+0001 at 0 is not a character", () -> Text.cdata("\u0001")),
                refused("U+FFFF at 2 is not a character", () -> Text.of("𝄞\uFFFF")),
                refused("U+D834 at 0 is not a character", () -> Element.of("a").with("b", "\uD834")),
                refused("U+0008 at 0 is not a character", () -> Element.of("a", "\b")),
                refused("'xmlns' cannot be set", () -> Element.of("a").with("xmlns", "u")),
                refused("'xmlns:p' cannot be set", () -> Element.of("a").with("xmlns:p", "u")),
                refused(
                        "'xmlns:p' cannot be set",
                        () -> Element.of("a").with(new Attribute("xmlns", "p", Attribute.XMLNS_NAMESPACE, "u"))),
                refused(
                        "prefix 'p' of attribute 'c' means 'u'",
                        () -> Element.of("p", "a", "u").with(new Attribute("p", "c", "v", ""))),
                refused(
                        "prefix 'p' of attribute 'c' means 'u'",
                        () -> Element.of("a")
                                .with(new Attribute("p", "b", "u", ""))
                                .with(new Attribute("p", "c", "v", ""))),
                refused(
                        "prefix 'p' of attribute 'c' means 'u'",
                        () -> Element.parse("<a xmlns:p='u'/>").with(new Attribute("p", "c", "v", ""))),
                refused("it must have both or neither", () -> new Attribute("p", "a", "", "")),
                refused("it must have both or neither", () -> new Attribute("", "a", "u", "")),
                refused("it must have both or neither", () -> new Attribute("", "xmlns", "", "")),
                refused("'a' is no declaration", () -> new Attribute("", "a", Attribute.XMLNS_NAMESPACE, "u")),
                refused("xmlns cannot be declared", () -> new Attribute("xmlns", "a", "u", "")),
                refused(
                        "prefix 'p' is bound to nothing",
                        () -> new Attribute("xmlns", "p", Attribute.XMLNS_NAMESPACE, "")),
                refused("prefix 'p' is bound to nothing", () -> Element.of("p", "a", "")),
                refused("prefix 'xml' cannot be bound", () -> Element.of("xml", "a", "u")),
                refused(
                        "cannot be bound to 'http://www.w3.org/XML/1998/namespace'",
                        () -> Element.of("a", Attribute.XML_NAMESPACE)),
                refused("xmlns cannot be declared", () -> Element.of("a", Attribute.XMLNS_NAMESPACE)));
    }

    private static DynamicTest refused(String message, Supplier<Object> making) {
        return DynamicTest.dynamicTest(
                message,
                () -> assertThatThrownBy(making::get)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(message));
    }

    @Test
    void an_attribute_of_the_same_namespace_and_name_is_replaced_whatever_its_prefix() {
        Element element = Element.of("a").with(new Attribute("p", "b", "u", "1"));

        assertThat(element.with(new Attribute("q", "b", "u", "2")).toXml()).isEqualTo("<a xmlns:q='u' q:b='2'/>");
        assertThat(element.with(new Attribute("p", "b", "v", "2")).toXml()).isEqualTo("<a xmlns:p='v' p:b='2'/>");
        assertThat(element.with("b", "2").toXml()).isEqualTo("<a xmlns:p='u' p:b='1' b='2'/>");
    }
}
