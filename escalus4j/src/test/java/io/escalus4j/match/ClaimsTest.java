package io.escalus4j.match;

import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.discoInfo;
import static io.escalus4j.match.Matchers.error;
import static io.escalus4j.match.Matchers.feature;
import static io.escalus4j.match.Matchers.headline;
import static io.escalus4j.match.Matchers.iq;
import static io.escalus4j.match.Matchers.iqGet;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.rosterPush;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What matchers say of themselves and of stanzas: the words are part of the product. */
class ClaimsTest {
    private final Element hi = chat(ALICE, BOB, "Hi");

    private static List<String> claims(Matcher matcher, Element stanza) {
        return matcher.match(stanza).claims().stream().map(Claim::toString).toList();
    }

    @Test
    void a_matcher_describes_itself_as_one_would_say_it() {
        assertThat(chatMessage("Hi!").from(ALICE).to("bob@localhost").describe())
                .isEqualTo("chat message \"Hi!\" from alice to bob@localhost");
        assertThat(available().from(BOB).withShow("away").withPriority(3).describe())
                .isEqualTo("available presence from bob with show 'away' with priority 3");
        assertThat(iqGet("urn:xmpp:ping").withId("1").describe())
                .isEqualTo("iq get of namespace urn:xmpp:ping with id '1'");
        assertThat(rosterPush(BOB, "both").describe())
                .isEqualTo("iq set with roster push of item bob with subscription 'both'");
        assertThat(message()
                        .withChild("request", "urn:xmpp:receipts")
                        .withoutChild("body", CLIENT)
                        .describe())
                .isEqualTo("message with <request xmlns='urn:xmpp:receipts'/> without <body/>");
        assertThat(carbon("sent", chatMessage("Tea")).describe())
                .isEqualTo("message that is a sent carbon of chat message \"Tea\"");
        assertThat(discoInfo(feature("urn:xmpp:ping")).describe())
                .isEqualTo("iq result with disco info, <feature> is 'urn:xmpp:ping'"
                        .replace("<feature> is", "feature with var"));
        assertThat(error("conflict").not().describe()).isEqualTo("not error conflict");
        assertThat(message()
                        .or(iq())
                        .and(Matcher.that("is small", stanza -> true))
                        .describe())
                .isEqualTo("message or iq and stanza that is small");
    }

    @Test
    void every_claim_says_what_holds_and_what_was_seen_instead() {
        assertThat(claims(chatMessage("Hi!").from(ALICE).withId("7"), hi))
                .containsExactly(
                        "ok   is a message",
                        "ok   type is chat",
                        "FAIL body is 'Hi!', but was 'Hi'",
                        "ok   is from alice",
                        "FAIL id is '7', but was absent");
        assertThat(claims(headline().from(BOB).withSubject("News").withAttribute("id"), hi))
                .containsExactly(
                        "ok   is a message",
                        "FAIL type is headline, but was chat",
                        "FAIL is from bob, but was 'alice-4f2a@localhost/res1'",
                        "FAIL subject is 'News', but there was none",
                        "FAIL has attribute 'id', but has not");
    }

    @Test
    void a_stanza_of_another_kind_or_namespace_is_called_by_its_name() {
        assertThat(claims(message(), Element.of("iq", CLIENT))).containsExactly("FAIL is a message, but was an iq");
        assertThat(claims(iq(), Element.of("iq", "urn:other")))
                .containsExactly("FAIL is an iq, but was <iq xmlns='urn:other'/>");
        assertThat(claims(error(), Element.of("r", "urn:xmpp:sm:3")))
                .containsExactly(
                        "FAIL is a message, presence or iq, but was <r xmlns='urn:xmpp:sm:3'/>",
                        "FAIL type is error, but was absent");
    }

    @Test
    void what_is_missing_is_said_beside_what_is_there() {
        assertThat(claims(
                        message()
                                .withChild("x", "urn:x")
                                .withoutChild("body", CLIENT)
                                .from(ALICE),
                        hi.without("from")))
                .containsExactly(
                        "ok   is a message",
                        "FAIL has <x xmlns='urn:x'/>, but has <body/>",
                        "FAIL is without <body/>, but there is one",
                        "FAIL is from alice, but had no 'from'");
        assertThat(claims(error("conflict"), People.error(hi, "not-allowed")).get(2))
                .isEqualTo("FAIL error is conflict, but was not-allowed");
        assertThat(claims(error("conflict"), hi).get(2)).isEqualTo("FAIL error is conflict, but there was none");
        assertThat(claims(error("conflict", "wait"), People.error(hi, "conflict"))
                        .get(3))
                .isEqualTo("FAIL error type is wait, but was cancel");
        assertThat(claims(message().withoutAttribute("type"), hi).get(1))
                .isEqualTo("FAIL is without attribute 'type', but it is 'chat'");
        assertThat(claims(message().withChildren(2, message()), hi).get(1))
                .isEqualTo("FAIL has 2 of message, but has 0");
        assertThat(claims(available().withPriority(2), People.presence()).get(2))
                .isEqualTo("FAIL priority is 2, but was '0'");
    }

    @Test
    void many_children_are_counted_and_many_bodies_listed() {
        var crowd = Element.of("message", CLIENT);
        for (int i = 0; i < 8; i++) {
            crowd = crowd.with(Element.of("c" + i)).with(Element.of("body").withText("b" + i));
        }
        assertThat(claims(message().withChild("x", "urn:x"), crowd).get(1))
                .endsWith("but has <c0/>, <body/>, <c1/>, <c2/>, <c3/> and 4 more");
        assertThat(claims(message().withBody("b"), crowd.without("c0", CLIENT)).get(1))
                .contains("but were 'b0', 'b1', 'b2'");
    }

    @Test
    void a_child_that_nearly_matches_says_why() {
        var push = People.iq("set", "1")
                .with(Element.of("query", "jabber:iq:roster")
                        .with(Element.of("item")
                                .with("jid", "bob-91cc@localhost")
                                .with("subscription", "to")));

        assertThat(claims(rosterPush(BOB, "both"), push))
                .containsSubsequence(
                        "ok   is an iq",
                        "ok   type is set",
                        "ok   jid is bob",
                        "FAIL subscription is 'both', but was 'to'");
    }

    @Test
    void alternatives_say_why_the_nearer_one_failed() {
        assertThat(claims(chatMessage("Hi!").or(iq()), hi))
                .containsExactly(
                        "FAIL is chat message \"Hi!\" or iq, but was neither",
                        "ok   is a message",
                        "ok   type is chat",
                        "FAIL body is 'Hi!', but was 'Hi'");
        assertThat(claims(chatMessage().or(iq()), hi)).containsExactly("ok   is chat message or iq");
        assertThat(claims(message().not(), hi)).containsExactly("FAIL is not message, but was");
    }

    @Test
    void a_match_counts_its_failures() {
        assertThat(message().match(hi).matches()).isTrue();
        assertThat(chatMessage("Hi!").from(BOB).match(hi).failures()).isEqualTo(2);
    }
}
