package io.escalus4j.match;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** No matcher throws, whatever well-formed element it is given, and each can say why. */
class TotalityTest {

    private static List<Matcher> everyMatcher() {
        var all = new ArrayList<Matcher>(List.of(
                anyStanza(),
                message(),
                chatMessage(),
                chatMessage("Hi"),
                groupchat(),
                groupchat("x"),
                headline(),
                headline("x"),
                presence(),
                available(),
                unavailable(),
                presenceOfType("subscribe"),
                iq(),
                iqGet(),
                iqGet("jabber:iq:roster"),
                iqSet(),
                iqSet("jabber:iq:roster"),
                iqResult(),
                iqResult("1"),
                iqResultOf(Element.of("iq")),
                iqError(),
                iqError("conflict"),
                error(),
                error("conflict"),
                error("conflict", "wait"),
                rosterResult(),
                rosterResult(rosterItem(BOB)),
                rosterPush(BOB, "both"),
                rosterItem(BOB),
                discoInfo(identity("a", "b"), feature("c")),
                discoItems(item("d"))));
        all.addAll(List.of(
                ExtensionMatchers.carbon("sent", chatMessage("x").from(ALICE)),
                ArchiveMatchers.archived(message()),
                ArchiveMatchers.archived("1", message()),
                ArchiveMatchers.archiveFin(),
                ArchiveMatchers.archiveComplete(),
                ArchiveMatchers.stanzaId(BOB),
                ArchiveMatchers.tombstone("1"),
                ExtensionMatchers.receiptRequest(),
                ExtensionMatchers.receipt("1"),
                ExtensionMatchers.chatMarker("displayed", "1"),
                ExtensionMatchers.commandResult("n", "completed"),
                ExtensionMatchers.form(ExtensionMatchers.field("v", "x")),
                ExtensionMatchers.answerTo(Element.of("iq")),
                ExtensionMatchers.bindResult(),
                ExtensionMatchers.lastActivity(),
                ExtensionMatchers.privateData(anyStanza()),
                ExtensionMatchers.privacyLists(ExtensionMatchers.activeList("x"), ExtensionMatchers.defaultList("y")),
                ExtensionMatchers.privacyPush("x"),
                ExtensionMatchers.streamError("conflict", "x"),
                ExtensionMatchers.streamStart(),
                ExtensionMatchers.streamEnd()));
        for (StanzaMatcher base : List.of(anyStanza(), message(), element("query", "jabber:iq:roster"))) {
            all.addAll(refined(base));
        }
        return all;
    }

    private static List<Matcher> refined(StanzaMatcher base) {
        return List.of(
                base.from(ALICE),
                base.from("a@b"),
                base.from(""),
                base.to(BOB),
                base.fromAnyResourceOf(ALICE),
                base.toAnyResourceOf("@/"),
                base.withJid("x"),
                base.withId("1"),
                base.ofType("chat"),
                base.withAttribute("a", "b"),
                base.withAttribute("a"),
                base.withoutAttribute("type"),
                base.withBody("x"),
                base.withSubject("x"),
                base.withThread("x"),
                base.withShow("away"),
                base.withStatus("x"),
                base.withPriority(1),
                base.withText("x"),
                base.withText("x", "{urn:y}a", "b"),
                base.withChild("a", "b"),
                base.withChild(base),
                base.withPayload("urn:x"),
                base.withChildren(2, base),
                base.withoutChild("a", "b"),
                base.withoutChild(base),
                base.like(Element.of("a").with(Element.of("b"))),
                base.exactly(Element.of("a").withText("x")),
                base.that(base),
                base.and(base),
                base.or(message()),
                base.not(),
                Matcher.that(
                        "is fine",
                        stanza -> stanza.attribute("from").orElseThrow().isEmpty()));
    }

    @RepeatedTest(20)
    void no_matcher_throws_on_any_element(RepetitionInfo info) {
        var elements = new RandomElements(new Random(info.getCurrentRepetition()));
        for (int i = 0; i < 5; i++) {
            everyMatcherSpeaksOf(elements.next(4));
        }
    }

    @Test
    void no_matcher_throws_on_an_element_that_is_deeper_than_the_stack() {
        Element deep = Element.of("message", "jabber:client");
        for (int i = 0; i < 20_000; i++) {
            deep = Element.of(i % 2 == 0 ? "iq" : "message", "jabber:client").with(deep);
        }
        everyMatcherSpeaksOf(deep);
    }

    private static void everyMatcherSpeaksOf(Element element) {
        for (Matcher matcher : everyMatcher()) {
            var match = matcher.match(element);
            assertThat(match.claims())
                    .allSatisfy(claim -> assertThat(claim.text()).isNotBlank());
            assertThat(FailureText.expected("bob", matcher)
                            .received(List.of(element))
                            .text())
                    .startsWith("bob expected: " + matcher.describe());
        }
    }

    @Test
    void every_example_matches_unless_the_matcher_is_too_open_to_be_drawn() {
        var open =
                ".*(without|any stanza| like | exactly |with \\d of|of namespace|with attribute|jabber:iq:last|fine).*";

        assertThat(everyMatcher())
                .filteredOn(matcher -> !matcher.describe().matches(open))
                .filteredOn(matcher -> matcher.example().isPresent())
                .hasSizeGreaterThan(60)
                .allSatisfy(matcher -> assertThat(
                                matcher.match(matcher.example().orElseThrow()).claims())
                        .as(matcher.describe())
                        .allMatch(Claim::ok));
    }
}
