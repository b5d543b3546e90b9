package io.escalus4j.match;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** E22: every predicate exists, is total, ignores the order of attributes, and looks at namespaces. */
class E22PredicatesTest {
    private static final List<Class<?>> CATALOGUES =
            List.of(Matchers.class, ExtensionMatchers.class, StreamMatchers.class, ServiceMatchers.class);

    static Stream<Samples.Call> predicates() {
        return CATALOGUES.stream()
                .flatMap(type -> Samples.methods(type, Matcher.class))
                .map(Samples::call);
    }

    private static Stream<Matcher> matchers() {
        return predicates().map(call -> (Matcher) call.result());
    }

    @Test
    void e22_there_are_as_many_predicates_as_escalus_has() {
        assertThat(predicates()).hasSizeGreaterThan(90);
    }

    @RepeatedTest(30)
    void e22_no_predicate_throws_on_any_well_formed_element_and_each_says_why_not(RepetitionInfo info) {
        var elements = new RandomElements(new Random(1000 + info.getCurrentRepetition()));
        for (int i = 0; i < 5; i++) {
            Element element = elements.next(4);
            matchers().forEach(matcher -> {
                var match = matcher.match(element);
                assertThat(match.matches()).isEqualTo(match.claims().stream().allMatch(Claim::ok));
                assertThat(match.claims())
                        .allSatisfy(claim -> assertThat(claim.text()).isNotBlank());
                assertThat(matcher.not().matches(element)).isNotEqualTo(matcher.matches(element));
                assertThat(matcher.differences(element)).isNotNull();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("predicates")
    void e22_the_order_of_attributes_does_not_count_and_the_namespace_does(Samples.Call call) {
        var matcher = (Matcher) call.result();
        matcher.example().filter(matcher::matches).ifPresent(example -> {
            assertThat(matcher.matches(reversed(example))).isTrue();
            if (!matcher.describe().startsWith("any stanza")) {
                assertThat(matcher.matches(elsewhere(example))).isFalse();
            }
        });
    }

    private static Element reversed(Element element) {
        Element turned = element;
        for (var attribute : element.attributes()) {
            turned = turned.without(attribute.name());
        }
        for (int i = element.attributes().size() - 1; i >= 0; i--) {
            turned = turned.with(element.attributes().get(i));
        }
        return turned;
    }

    private static Element elsewhere(Element element) {
        return Element.of(element.name(), "urn:x:elsewhere").with(element.children());
    }

    @Test
    void e22_predicates_compose_and_say_which_part_does_not_hold() {
        Element stanza = People.chat(People.ALICE, People.BOB, "Hi");
        Matcher both = chatMessage("Hi").and(message().from(People.BOB));

        assertThat(both.matches(stanza)).isFalse();
        assertThat(both.match(stanza).claims().stream().filter(claim -> !claim.ok()))
                .hasSize(1)
                .allSatisfy(claim -> assertThat(claim.text()).startsWith("is from bob, but was"));
        assertThat(chatMessage("Ho").or(chatMessage("Hi")).matches(stanza)).isTrue();
        assertThat(Matcher.allOf(message(), chatMessage("Hi"), message().from(People.ALICE))
                        .matches(stanza))
                .isTrue();
        assertThat(Matcher.anyOf(chatMessage("1"), chatMessage("2")).matches(stanza))
                .isFalse();
    }
}
