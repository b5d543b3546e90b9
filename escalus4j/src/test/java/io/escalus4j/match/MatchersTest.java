package io.escalus4j.match;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.discoInfo;
import static io.escalus4j.match.Matchers.discoItems;
import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.error;
import static io.escalus4j.match.Matchers.feature;
import static io.escalus4j.match.Matchers.groupchat;
import static io.escalus4j.match.Matchers.headline;
import static io.escalus4j.match.Matchers.identity;
import static io.escalus4j.match.Matchers.iq;
import static io.escalus4j.match.Matchers.iqError;
import static io.escalus4j.match.Matchers.iqGet;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.iqResultOf;
import static io.escalus4j.match.Matchers.iqSet;
import static io.escalus4j.match.Matchers.item;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.presenceOfType;
import static io.escalus4j.match.Matchers.rosterItem;
import static io.escalus4j.match.Matchers.rosterPush;
import static io.escalus4j.match.Matchers.rosterResult;
import static io.escalus4j.match.Matchers.unavailable;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchersTest {
    private final Element hi = chat(ALICE, BOB, "Hi!");

    // ---- kinds

    @Test
    void a_stanza_is_what_its_name_and_namespace_say() {
        assertThat(message().matches(hi)).isTrue();
        assertThat(iq().matches(hi)).isFalse();
        assertThat(Matchers.presence().matches(hi)).isFalse();
        assertThat(message().matches(Element.of("message", "jabber:server"))).isFalse();
        assertThat(message().matches(Element.of("message"))).isFalse();
        assertThat(anyStanza().matches(Element.of("r", "urn:xmpp:sm:3"))).isTrue();
    }

    @Test
    void the_type_of_a_message_tells_its_kind() {
        var news = hi.with("type", "headline");
        var room = hi.with("type", "groupchat");

        assertThat(List.of(chatMessage(), headline(), groupchat()))
                .filteredOn(matcher -> matcher.matches(hi))
                .hasSize(1);
        assertThat(headline("Hi!").matches(news)).isTrue();
        assertThat(groupchat("Hi!").matches(room)).isTrue();
        assertThat(groupchat("Hi").matches(room)).isFalse();
    }

    @Test
    void a_type_that_is_not_written_counts_as_its_default() {
        assertThat(message().ofType("normal").matches(hi.without("type"))).isTrue();
        assertThat(message().ofType("normal").matches(hi.with("type", "normal")))
                .isTrue();
        assertThat(message().ofType("normal").matches(hi)).isFalse();
        assertThat(available().matches(People.presence())).isTrue();
        assertThat(available().matches(People.presence().with("type", "unavailable")))
                .isFalse();
        assertThat(unavailable().matches(People.presence().with("type", "unavailable")))
                .isTrue();
        assertThat(presenceOfType("subscribe").matches(People.presence().with("type", "subscribe")))
                .isTrue();
        assertThat(anyStanza().ofType("").matches(Element.of("iq", CLIENT))).isTrue();
    }

    @Test
    void an_iq_is_told_by_type_id_and_payload() {
        var get = People.iq("get", "7").with(Element.of("query", "jabber:iq:version"));
        var result = People.iq("result", "7");

        assertThat(iqGet("jabber:iq:version").matches(get)).isTrue();
        assertThat(iqGet("jabber:iq:roster").matches(get)).isFalse();
        assertThat(iqSet("jabber:iq:version").matches(get)).isFalse();
        assertThat(iqResultOf(get).matches(result)).isTrue();
        assertThat(iqResult("8").matches(result)).isFalse();
        assertThat(iqResult().matches(get)).isFalse();
    }

    // ---- addresses

    @ParameterizedTest
    @CsvSource({
        "alice@localhost, alice@localhost, true",
        "alice@localhost/res1, alice@localhost/res1, true",
        "Alice@LOCALHOST/res1, alice@localhost/res1, true",
        "alice@localhost, alice@localhostile, false",
        "alice@localhost/res1, alice@localhost/res10, false",
        "alice@localhost/res10, alice@localhost/res1, false",
        "alice@localhost/res1, alice@localhost/RES1, false",
        "alice@localhost, alice@localhost/res1, false",
        "alice@localhost/res1, alice@localhost, false",
        "localhost, alice@localhost, false",
        "str\u00E1\u00DFe@localhost, STRA\u0301\u00DFE@localhost, true",
        "alice@b\u00FCcher.example, alice@xn--bcher-kva.example, true",
        "alice@localhost., alice@localhost, true"
    })
    void a_jid_is_compared_exactly_after_normalisation(String wanted, String seen, boolean same) {
        assertThat(message().from(wanted).matches(hi.with("from", seen))).isEqualTo(same);
        assertThat(message().to(new StringBuilder(wanted)).matches(hi.with("to", seen)))
                .isEqualTo(same);
    }

    @Test
    void a_person_is_meant_by_the_full_jid_or_by_the_bare_one_of_a_stanza_that_carries_that() {
        assertThat(message().from(ALICE).matches(hi)).isTrue();
        assertThat(message().from(ALICE).matches(hi.with("from", "alice-4f2a@localhost")))
                .isTrue();
        assertThat(message().from(ALICE).matches(hi.with("from", "alice-4f2a@localhost/res10")))
                .isFalse();
        assertThat(message().from(ALICE).matches(hi.without("from"))).isFalse();
        assertThat(message().to(BOB).matches(hi)).isTrue();
        assertThat(message().to(ALICE).matches(hi)).isFalse();
    }

    @Test
    void any_resource_of_an_account_will_do_when_asked_for() {
        assertThat(message().fromAnyResourceOf(ALICE).matches(hi.with("from", "alice-4f2a@localhost/phone")))
                .isTrue();
        assertThat(message().fromAnyResourceOf("alice-4f2a@localhost").matches(hi))
                .isTrue();
        assertThat(message().fromAnyResourceOf(BOB).matches(hi)).isFalse();
        assertThat(message().toAnyResourceOf(BOB).matches(hi.with("to", "bob-91cc@localhost")))
                .isTrue();
    }

    // ---- refinements

    @Test
    void a_body_is_exact_and_one_of_several_languages_is_enough() {
        var two = hi.with(Element.of("body").with("xml:lang", "cs").withText("Ahoj!"));

        assertThat(chatMessage("Hi!").matches(two)).isTrue();
        assertThat(message().withBody("Ahoj!").matches(two)).isTrue();
        assertThat(message().withBody("Hi").matches(two)).isFalse();
        assertThat(message().withBody("Hi!").matches(People.presence().with(Element.text("body", "urn:other", "Hi!"))))
                .isFalse();
    }

    @Test
    void attributes_are_wanted_by_value_by_presence_or_by_absence() {
        assertThat(message().withId("1").matches(hi.with("id", "1"))).isTrue();
        assertThat(message().withId("1").matches(hi)).isFalse();
        assertThat(message().withAttribute("id").matches(hi.with("id", ""))).isTrue();
        assertThat(message().withAttribute("id").matches(hi)).isFalse();
        assertThat(message().withoutAttribute("id").matches(hi)).isTrue();
        assertThat(message().withoutAttribute("id").matches(hi.with("id", "1"))).isFalse();
    }

    @Test
    void children_are_told_by_name_and_namespace() {
        var asking = hi.with(Element.of("request", "urn:xmpp:receipts"));

        assertThat(message().withChild("request", "urn:xmpp:receipts").matches(asking))
                .isTrue();
        assertThat(message().withChild("request", "urn:other").matches(asking)).isFalse();
        assertThat(message().withChild(element("request", "urn:xmpp:receipts")).matches(asking))
                .isTrue();
        assertThat(message().withoutChild("request", "urn:xmpp:receipts").matches(asking))
                .isFalse();
        assertThat(message().withoutChild("request", "urn:xmpp:receipts").matches(hi))
                .isTrue();
        assertThat(message()
                        .withoutChild(element("request", "urn:xmpp:receipts"))
                        .matches(asking))
                .isFalse();
        assertThat(message().withChildren(1, element("body", CLIENT)).matches(asking))
                .isTrue();
        assertThat(message().withChildren(2, element("body", CLIENT)).matches(asking))
                .isFalse();
    }

    @Test
    void text_is_found_at_the_end_of_any_branch_of_a_path() {
        var form = Element.of("iq", CLIENT)
                .with(Element.of("x", "jabber:x:data")
                        .with(Element.of("field").with(Element.of("value").withText("one")))
                        .with(Element.of("field").with(Element.of("value").withText("two"))));

        assertThat(iq().withText("two", "{jabber:x:data}x", "field", "value").matches(form))
                .isTrue();
        assertThat(iq().withText("three", "{jabber:x:data}x", "field", "value").matches(form))
                .isFalse();
        assertThat(iq().withText("two", "x", "field", "value").matches(form)).isFalse();
        assertThat(element("b", "").withText("here").matches(Element.of("b").withText("here")))
                .isTrue();
    }

    @Test
    void presence_has_show_status_and_priority() {
        var away = People.presence()
                .with(Element.of("show").withText("away"))
                .with(Element.of("status").withText("lunch"))
                .with(Element.of("priority").withText("5"));

        assertThat(available()
                        .withShow("away")
                        .withStatus("lunch")
                        .withPriority(5)
                        .matches(away))
                .isTrue();
        assertThat(available().withShow("dnd").matches(away)).isFalse();
        assertThat(available().withPriority(0).matches(People.presence())).isTrue();
        assertThat(available()
                        .withPriority(0)
                        .matches(People.presence().with(Element.of("priority").withText("high"))))
                .isTrue();
        assertThat(available()
                        .withPriority(-1)
                        .matches(People.presence().with(Element.of("priority").withText("-1"))))
                .isTrue();
    }

    @Test
    void a_message_has_subject_and_thread() {
        var topic = hi.with(Element.of("subject").withText("Tea"))
                .with(Element.of("thread").withText("t1"));

        assertThat(message().withSubject("Tea").withThread("t1").matches(topic)).isTrue();
        assertThat(message().withSubject("Coffee").matches(topic)).isFalse();
    }

    // ---- errors

    @Test
    void an_error_is_told_by_its_condition_and_type() {
        var bounced = People.error(hi, "service-unavailable");

        assertThat(error().matches(bounced)).isTrue();
        assertThat(error("service-unavailable").matches(bounced)).isTrue();
        assertThat(error("service-unavailable", "cancel").matches(bounced)).isTrue();
        assertThat(error("service-unavailable", "wait").matches(bounced)).isFalse();
        assertThat(error("item-not-found").matches(bounced)).isFalse();
        assertThat(iqError("service-unavailable").matches(bounced)).isFalse();
        assertThat(iqError("not-allowed").matches(People.error(People.iq("set", "1"), "not-allowed")))
                .isTrue();
        assertThat(error().matches(hi)).isFalse();
        assertThat(error().matches(Element.of("field", "jabber:x:data").with("type", "error")))
                .isFalse();
    }

    @Test
    void a_condition_of_another_namespace_is_none() {
        var own = hi.with("type", "error").with(Element.of("error").with(Element.of("service-unavailable", "urn:own")));

        assertThat(error("service-unavailable").matches(own)).isFalse();
    }

    // ---- roster and disco

    @Test
    void a_roster_push_names_the_contact_by_its_account() {
        var push = People.iq("set", "p1")
                .with(Element.of("query", "jabber:iq:roster")
                        .with(Element.of("item")
                                .with("jid", "bob-91cc@localhost")
                                .with("subscription", "both")));

        assertThat(rosterPush(BOB, "both").matches(push)).isTrue();
        assertThat(rosterPush(BOB, "to").matches(push)).isFalse();
        assertThat(rosterPush(ALICE, "both").matches(push)).isFalse();
        assertThat(rosterPush(rosterItem(BOB)).matches(push)).isTrue();
        assertThat(rosterPush(BOB, "both").matches(push.with("type", "result"))).isFalse();
        assertThat(rosterResult(rosterItem(BOB, "both")).matches(push.with("type", "result")))
                .isTrue();
        assertThat(rosterResult().matches(push.with("type", "result"))).isTrue();
        assertThat(rosterResult().matches(People.iq("result", "p1"))).isFalse();
    }

    @Test
    void disco_holds_identities_features_and_items() {
        var info = People.iq("result", "1")
                .with(Element.of("query", "http://jabber.org/protocol/disco#info")
                        .with(Element.of("identity").with("category", "server").with("type", "im"))
                        .with(Element.of("feature").with("var", "urn:xmpp:ping")));
        var items = People.iq("result", "1")
                .with(Element.of("query", "http://jabber.org/protocol/disco#items")
                        .with(Element.of("item").with("jid", "muc.localhost")));

        assertThat(discoInfo(identity("server", "im"), feature("urn:xmpp:ping")).matches(info))
                .isTrue();
        assertThat(discoInfo(feature("urn:xmpp:mam:2")).matches(info)).isFalse();
        assertThat(discoInfo(identity("server", "pc")).matches(info)).isFalse();
        assertThat(discoItems(item("muc.localhost")).matches(items)).isTrue();
        assertThat(discoItems(item("localhost")).matches(items)).isFalse();
        assertThat(discoItems().matches(info)).isFalse();
    }

    // ---- combinations

    @Test
    void matchers_combine() {
        var fromAlice = chatMessage().from(ALICE);

        assertThat(fromAlice.and(message().withBody("Hi!")).matches(hi)).isTrue();
        assertThat(fromAlice.and(message().withBody("Ho!")).matches(hi)).isFalse();
        assertThat(iq().or(fromAlice).matches(hi)).isTrue();
        assertThat(iq().or(headline()).matches(hi)).isFalse();
        assertThat(iq().not().matches(hi)).isTrue();
        assertThat(fromAlice.not().matches(hi)).isFalse();
        assertThat(message().that(fromAlice).matches(hi)).isTrue();
        assertThat(Matcher.that("is small", stanza -> stanza.toXml().length() < 1000)
                        .matches(hi))
                .isTrue();
    }

    @Test
    void a_test_of_somebody_else_that_throws_is_a_claim_that_fails() {
        var match = Matcher.that("is odd", stanza -> {
                    throw new IllegalStateException("boom");
                })
                .match(hi);

        assertThat(match.claims())
                .containsExactly(new Claim(false, "is odd, but the test threw java.lang.IllegalStateException: boom"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\uD800"})
    void what_xml_cannot_carry_is_refused_where_it_is_written(String text) {
        assertThatThrownBy(() -> message().withBody(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a character of XML");
    }

    @Test
    void a_matcher_is_not_changed_by_its_refinements() {
        var broad = message();
        broad.from(BOB).withBody("other");

        assertThat(broad.matches(hi)).isTrue();
        assertThat(broad).hasToString("message");
    }

    // ---- examples

    @Test
    void an_example_shows_what_is_wanted_and_matches() {
        var wanted = chatMessage("Hi!")
                .from(ALICE)
                .to(BOB)
                .withId("1")
                .withChild("request", "urn:xmpp:receipts")
                .withPriority(3);

        assertThat(wanted.example().orElseThrow().toXml())
                .isEqualTo("<message xmlns='jabber:client' type='chat' from='alice-4f2a@localhost/res1'"
                        + " to='bob-91cc@localhost/res1' id='1'><body>Hi!</body>"
                        + "<request xmlns='urn:xmpp:receipts'/><priority>3</priority></message>");
        assertThat(wanted.matches(wanted.example().orElseThrow())).isTrue();
        assertThat(anyStanza().example()).isEmpty();
        assertThat(message().or(iq()).example()).isEmpty();
    }

    @Test
    void an_example_of_a_roster_push_is_a_roster_push() {
        var push = rosterPush(BOB, "both");

        assertThat(push.matches(push.example().orElseThrow())).isTrue();
        assertThat(error("conflict", "cancel").describe()).isEqualTo("error conflict of error type cancel");
        assertThat(iqError("conflict").matches(iqError("conflict").example().orElseThrow()))
                .isTrue();
    }
}
