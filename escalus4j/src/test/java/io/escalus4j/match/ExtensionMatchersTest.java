package io.escalus4j.match;

import static io.escalus4j.match.ExtensionMatchers.activeList;
import static io.escalus4j.match.ExtensionMatchers.answerTo;
import static io.escalus4j.match.ExtensionMatchers.bindResult;
import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.ExtensionMatchers.chatMarker;
import static io.escalus4j.match.ExtensionMatchers.commandResult;
import static io.escalus4j.match.ExtensionMatchers.defaultList;
import static io.escalus4j.match.ExtensionMatchers.field;
import static io.escalus4j.match.ExtensionMatchers.form;
import static io.escalus4j.match.ExtensionMatchers.lastActivity;
import static io.escalus4j.match.ExtensionMatchers.privacyList;
import static io.escalus4j.match.ExtensionMatchers.privacyLists;
import static io.escalus4j.match.ExtensionMatchers.privacyPush;
import static io.escalus4j.match.ExtensionMatchers.privateData;
import static io.escalus4j.match.ExtensionMatchers.receipt;
import static io.escalus4j.match.ExtensionMatchers.receiptRequest;
import static io.escalus4j.match.ExtensionMatchers.streamEnd;
import static io.escalus4j.match.ExtensionMatchers.streamError;
import static io.escalus4j.match.ExtensionMatchers.streamStart;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iq;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import org.junit.jupiter.api.Test;

class ExtensionMatchersTest {
    private final Element tea = chat(ALICE, BOB, "Tea at five");
    private final Element outer = Element.of("message", CLIENT);

    private static Element forwarded(Element stanza) {
        return Element.of("forwarded", "urn:xmpp:forward:0").with(stanza);
    }

    @Test
    void a_carbon_is_told_by_its_direction_and_by_what_it_copies() {
        var copy = outer.with(Element.of("sent", "urn:xmpp:carbons:2").with(forwarded(tea)));

        assertThat(carbon("sent", chatMessage("Tea at five").from(ALICE)).matches(copy))
                .isTrue();
        assertThat(carbon("received", chatMessage("Tea at five")).matches(copy)).isFalse();
        assertThat(carbon("sent", chatMessage("Tea at six")).matches(copy)).isFalse();
        assertThat(carbon("sent", chatMessage("Tea at five")).matches(tea)).isFalse();
    }

    @Test
    void receipts_and_markers_name_the_message() {
        var receipt = outer.with(Element.of("received", "urn:xmpp:receipts").with("id", "m1"));
        var marker =
                outer.with(Element.of("displayed", "urn:xmpp:chat-markers:0").with("id", "m1"));

        assertThat(receiptRequest().matches(tea.with(Element.of("request", "urn:xmpp:receipts"))))
                .isTrue();
        assertThat(receiptRequest().matches(tea)).isFalse();
        assertThat(receipt("m1").matches(receipt)).isTrue();
        assertThat(receipt("m2").matches(receipt)).isFalse();
        assertThat(chatMarker("displayed", "m1").matches(marker)).isTrue();
        assertThat(chatMarker("received", "m1").matches(marker)).isFalse();
    }

    @Test
    void a_form_is_told_by_its_fields() {
        var x = Element.of("x", "jabber:x:data")
                .with(Element.of("field")
                        .with("var", "colour")
                        .with("type", "list-multi")
                        .with(Element.of("value").withText("red"))
                        .with(Element.of("value").withText("blue")));

        assertThat(form(field("colour", "blue")).matches(x)).isTrue();
        assertThat(form(field("colour").ofType("list-multi")).matches(x)).isTrue();
        assertThat(form(field("colour", "green")).matches(x)).isFalse();
        assertThat(form(field("taste")).matches(x)).isFalse();
        assertThat(iq().withChild(form()).matches(People.iq("result", "1").with(x)))
                .isTrue();
    }

    @Test
    void a_command_has_node_and_status() {
        var done = People.iq("result", "1")
                .with(Element.of("command", "http://jabber.org/protocol/commands")
                        .with("node", "ping")
                        .with("status", "completed"));

        assertThat(commandResult("ping", "completed").matches(done)).isTrue();
        assertThat(commandResult("ping", "executing").matches(done)).isFalse();
    }

    @Test
    void an_answer_is_the_result_or_the_error_of_the_request() {
        var request = People.iq("get", "42");

        assertThat(answerTo(request).matches(People.iq("result", "42"))).isTrue();
        assertThat(answerTo(request).matches(People.error(People.iq("get", "42"), "not-allowed")))
                .isTrue();
        assertThat(answerTo(request).matches(People.iq("result", "43"))).isFalse();
        assertThat(answerTo(request).matches(request)).isFalse();
    }

    @Test
    void results_are_told_by_their_payload() {
        var bind = "urn:ietf:params:xml:ns:xmpp-bind";
        var result = People.iq("result", "1");

        assertThat(bindResult()
                        .matches(result.with(
                                Element.of("bind", bind).with(Element.of("jid").withText("a@b/c")))))
                .isTrue();
        assertThat(bindResult().matches(result.with(Element.of("bind", bind)))).isFalse();
        assertThat(lastActivity()
                        .matches(result.with(
                                Element.of("query", "jabber:iq:last").with("seconds", "3"))))
                .isTrue();
        assertThat(lastActivity().matches(result.with(Element.of("query", "jabber:iq:last"))))
                .isFalse();
        assertThat(privateData(element("storage", "storage:bookmarks"))
                        .matches(result.with(Element.of("query", "jabber:iq:private")
                                .with(Element.of("storage", "storage:bookmarks")))))
                .isTrue();
        assertThat(privateData(element("storage", "storage:bookmarks")).matches(result))
                .isFalse();
    }

    @Test
    void privacy_lists_may_be_active_default_or_just_there() {
        var query = Element.of("query", "jabber:iq:privacy")
                .with(Element.of("active").with("name", "work"))
                .with(Element.of("list").with("name", "work"));
        var result = People.iq("result", "1").with(query);

        assertThat(privacyLists(activeList("work"), privacyList("work")).matches(result))
                .isTrue();
        assertThat(privacyLists(activeList("home")).matches(result)).isFalse();
        assertThat(privacyLists(defaultList("work")).matches(result)).isFalse();
        assertThat(privacyPush("work").matches(result.with("type", "set"))).isTrue();
        assertThat(privacyPush("work").matches(result)).isFalse();
    }

    @Test
    void streams_start_end_and_fail() {
        String streams = "http://etherx.jabber.org/streams";
        String conditions = "urn:ietf:params:xml:ns:xmpp-streams";
        var conflict = Element.of("stream", "error", streams)
                .with(Element.of("conflict", conditions))
                .with(Element.text("text", conditions, "replaced"));

        assertThat(streamError("conflict").matches(conflict)).isTrue();
        assertThat(streamError("conflict", "replaced").matches(conflict)).isTrue();
        assertThat(streamError("conflict", "other").matches(conflict)).isFalse();
        assertThat(streamError("reset").matches(conflict)).isFalse();
        assertThat(streamStart().matches(Element.of("stream", "stream", streams)))
                .isTrue();
        assertThat(streamStart().matches(Element.of("open", "urn:ietf:params:xml:ns:xmpp-framing")))
                .isTrue();
        assertThat(streamStart().matches(conflict)).isFalse();
        assertThat(streamEnd().matches(Element.of("close", "urn:ietf:params:xml:ns:xmpp-framing")))
                .isTrue();
    }
}
