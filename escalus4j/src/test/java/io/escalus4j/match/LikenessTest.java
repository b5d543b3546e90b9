package io.escalus4j.match;

import static io.escalus4j.match.Matchers.anyStanza;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final Element ROSTER = Element.of("query", "jabber:iq:roster")
            .with(item("a").with(Element.of("group").withText("Friends")))
            .with(item("b"));

    private static Element item(String jid) {
        return Element.of("item").with("jid", jid);
    }

    private static boolean like(Element wanted, Element seen) {
        return anyStanza().like(wanted).matches(seen);
    }

    private static boolean exactly(Element wanted, Element seen) {
        return anyStanza().exactly(wanted).matches(seen);
    }

    private static List<String> claims(Matcher matcher, Element seen) {
        return matcher.match(seen).claims().stream().map(Claim::text).toList();
    }

    @Test
    void prefixes_and_the_order_of_attributes_never_matter() {
        var plain = Element.of("a", "urn:x").with("one", "1").with("two", "2");
        var prefixed = Element.of("p", "a", "urn:x").with("two", "2").with("one", "1");

        assertThat(like(plain, prefixed)).isTrue();
        assertThat(exactly(plain, prefixed)).isTrue();
    }

    @Test
    void further_attributes_children_and_text_do_not_matter_to_like_but_to_exactly() {
        var more = ROSTER.with("ver", "7").with(item("c")).with(Text.of("text"));

        assertThat(like(ROSTER, more)).isTrue();
        assertThat(like(more, ROSTER)).isFalse();
        assertThat(exactly(ROSTER, more)).isFalse();
    }

    @Test
    void the_order_of_children_does_not_matter_to_like_but_to_exactly() {
        var turned = Element.of("query", "jabber:iq:roster")
                .with(item("b"))
                .with(item("a").with(Element.of("group").withText("Friends")));

        assertThat(like(ROSTER, turned)).isTrue();
        assertThat(exactly(ROSTER, turned)).isFalse();
        assertThat(claims(anyStanza().exactly(ROSTER), turned))
                .anyMatch(line -> line.contains("wanted at place 0, was at 1"));
    }

    @Test
    void layout_between_elements_does_not_matter_to_like() {
        var laidOut = Element.of("message", "jabber:client")
                .with(Text.of("\n  "), Element.of("body").withText("Hi"), Text.of("\n"));
        var flat =
                Element.of("message", "jabber:client").with(Element.of("body").withText("Hi"));

        assertThat(like(laidOut, flat)).isTrue();
        assertThat(exactly(laidOut, flat)).isFalse();
    }

    @Test
    void text_in_pieces_is_the_same_text() {
        var pieces = Element.of("b").with(Text.of("a"), Text.cdata("<"), Text.of("b"));

        assertThat(exactly(Element.of("b").withText("a<b"), pieces)).isTrue();
        assertThat(like(Element.of("b").withText("a<b"), pieces)).isTrue();
        assertThat(like(Element.of("b").withText("a"), pieces)).isFalse();
    }

    @Test
    void a_broad_child_does_not_starve_a_narrow_one() {
        var wanted =
                Element.of("query", "jabber:iq:roster").with(Element.of("item")).with(item("a"));
        var seen = Element.of("query", "jabber:iq:roster").with(item("a")).with(item("b"));

        assertThat(like(wanted, seen)).isTrue();
        assertThat(like(wanted, Element.of("query", "jabber:iq:roster").with(item("a"))))
                .isFalse();
    }

    @Test
    void every_difference_is_said_with_its_place() {
        var wanted = Element.of("message", "jabber:client")
                .with("type", "chat")
                .with("id", "1")
                .with(Element.of("body").withText("Hi!"))
                .with(Element.of("x", "urn:x"));
        var seen = Element.of("message", "jabber:client")
                .with("type", "normal")
                .with(Element.of("body").withText("Hi"));

        assertThat(claims(anyStanza().like(wanted), seen))
                .containsExactlyInAnyOrder(
                        "is like <message xmlns='jabber:client' type='chat' id='1'><body>Hi!</body><x xmlns='urn:x'/></message>,"
                                + " but differs at /message/@id: wanted attribute id, was absent",
                        "differs at /message/@type: wanted 'chat', was 'normal'",
                        "differs at /message/body/text(): wanted 'Hi!', was 'Hi'",
                        "differs at /message: wanted <x xmlns='urn:x'/>, was absent");
    }

    @Test
    void what_is_too_much_is_said_by_exactly() {
        var wanted = Element.of("a", "urn:x");
        var seen = wanted.with("id", "1").with(Element.of("b")).withText("text");

        assertThat(claims(anyStanza().exactly(wanted), seen))
                .containsExactlyInAnyOrder(
                        "is exactly <a xmlns='urn:x'/>, but differs at /a: attribute id was not wanted",
                        "differs at /a: <b xmlns='urn:x'/> was not wanted",
                        "differs at /a: text 'text' was not wanted");
    }

    @Test
    void another_name_or_namespace_is_said() {
        assertThat(claims(anyStanza().like(Element.of("a", "urn:x")), Element.of("b", "urn:y")))
                .anyMatch(line -> line.endsWith("differs at /a: wanted <a/>, was <b/>"))
                .anyMatch(line -> line.endsWith("differs at /a: wanted namespace 'urn:x', was 'urn:y'"));
    }

    @Test
    void a_flood_of_differences_is_cut_and_counted() {
        var wanted = Element.of("a");
        for (int i = 0; i < 30; i++) {
            wanted = wanted.with("a" + i, "1");
        }
        assertThat(claims(anyStanza().like(wanted), Element.of("a")))
                .hasSize(11)
                .last()
                .isEqualTo("differs at 20 more places");
    }

    @Test
    void a_secret_is_compared_but_not_told() {
        var wanted = Element.of("query", "jabber:iq:register")
                .with(Element.of("password").withText("hunter2"));
        var seen = Element.of("query", "jabber:iq:register")
                .with(Element.of("password").withText("hunter3"));

        assertThat(like(wanted, wanted)).isTrue();
        assertThat(claims(anyStanza().like(wanted), seen))
                .containsExactly("is like <query xmlns='jabber:iq:register'><password>[redacted]</password></query>,"
                        + " but differs in what is redacted");
    }

    @Test
    void a_tree_too_deep_for_recursion_is_compared_all_the_same() {
        var deep = deep(20_000);

        assertThat(like(deep, deep(20_000))).isTrue();
        assertThat(exactly(deep, deep(20_001))).isFalse();
        assertThat(claims(anyStanza().like(Element.of("a")), deep))
                .singleElement()
                .asString()
                .endsWith("but differs, but is too deep to say where, at most 200 levels are compared");
    }

    private static Element deep(int levels) {
        Element element = Element.of("a", "urn:a");
        for (int i = 1; i < levels; i++) {
            element = Element.of("a", "urn:a").with(element);
        }
        return element;
    }

    @RepeatedTest(50)
    void whatever_is_added_or_moved_stays_like_and_whatever_is_taken_away_does_not(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        var trees = new RandomElements(random);
        var wanted = trees.next(3);
        var richer =
                shuffled(wanted, random).with(Element.of("more", "urn:more")).with("more", "1");

        assertThat(like(wanted, wanted)).as("itself: %s", wanted).isTrue();
        assertThat(exactly(wanted, wanted)).as("exactly itself: %s", wanted).isTrue();
        assertThat(like(wanted, richer)).as("%s in %s", wanted, richer).isTrue();
        assertThat(like(richer, wanted)).as("%s in %s", richer, wanted).isFalse();
        assertThat(claims(anyStanza().like(richer), wanted)).allMatch(line -> line.contains("differs"));
    }

    private static Element shuffled(Element element, Random random) {
        var children = new ArrayList<>(element.elements().stream()
                .map(child -> shuffled(child, random))
                .toList());
        Collections.shuffle(children, random);
        var attributes = new ArrayList<Attribute>(element.attributes());
        Collections.shuffle(attributes, random);
        Element turned = Element.of(element.name(), element.namespace()).withText(element.text());
        for (Attribute attribute : attributes) {
            turned = turned.with(attribute);
        }
        return turned.with(children);
    }
}
