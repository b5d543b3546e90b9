package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String CLIENT = "jabber:client";
    private static final Element MESSAGE = Element.of("message", CLIENT);
    private static final Element IQ = Element.of("iq", CLIENT);
    private static final Element ERROR =
            Element.of("error", CLIENT).with(Element.of("item-not-found", "urn:ietf:params:xml:ns:xmpp-stanzas"));

    private final Names names = new Names();
    private final Summary summary = new Summary(names);

    @Test
    void who_says_what_to_whom() {
        names.add("bob-1@localhost/res1", "bob");
        var chat = MESSAGE.with("type", "chat").with("to", "bob-1@localhost").with("from", "bob-1@localhost/res1");

        assertThat(summary.sent("alice", chat)).isEqualTo("alice -> chat to bob");
        assertThat(summary.arrived("alice", chat)).isEqualTo("alice <- chat from bob");
        assertThat(summary.incoming(MESSAGE)).isEqualTo("message from the server");
        assertThat(summary.outgoing(MESSAGE)).isEqualTo("message");
        assertThat(summary.incoming(Element.of("r", "urn:xmpp:sm:3"))).isEqualTo("<r/>");
    }

    @Test
    void kinds_are_named_as_people_name_them() {
        assertThat(Summary.kind(MESSAGE.with("type", "normal"))).isEqualTo("message");
        assertThat(Summary.kind(MESSAGE.with("type", "error"))).isEqualTo("message error");
        assertThat(Summary.kind(MESSAGE.with("type", "groupchat"))).isEqualTo("groupchat");
        assertThat(Summary.kind(Element.of("presence", CLIENT))).isEqualTo("presence");
        assertThat(Summary.kind(Element.of("presence", CLIENT).with("type", "subscribe")))
                .isEqualTo("subscribe");
        assertThat(Summary.kind(Element.of("presence", CLIENT).with("type", "error")))
                .isEqualTo("presence error");
        assertThat(Summary.kind(IQ.with("type", "get").with(Element.of("query", "jabber:iq:roster"))))
                .isEqualTo("iq get roster");
        assertThat(Summary.kind(IQ.with("type", "set").with(Element.of("enable", "urn:xmpp:carbons:2"))))
                .isEqualTo("iq set carbons");
        assertThat(Summary.kind(
                        IQ.with("type", "get").with(Element.of("query", "http://jabber.org/protocol/disco#info"))))
                .isEqualTo("iq get disco#info");
        assertThat(Summary.kind(IQ.with("type", "error").with(ERROR))).isEqualTo("iq error item-not-found");
        assertThat(Summary.kind(IQ.with("type", "result"))).isEqualTo("iq result");
        assertThat(Summary.kind(IQ.with(Element.of("x", "urn:").with("xmlns-free", "1"))))
                .isEqualTo("iq x");
    }

    @Test
    void a_preview_is_what_the_stanza_says() {
        var chat = MESSAGE.with("type", "chat");

        assertThat(Summary.preview(chat.with(Element.of("body").withText("Tea\n at five"))))
                .isEqualTo("\"Tea at five\"");
        assertThat(Summary.preview(chat.with(Element.of("body").withText("\uD83C\uDF75".repeat(100)))))
                .hasSize(2 + 2 * 59 + 1)
                .endsWith("\u2026\"");
        assertThat(Summary.preview(chat.with(Element.of("received", "urn:xmpp:receipts"))))
                .isEqualTo("<received/>");
        assertThat(Summary.preview(chat.with(ERROR))).isEqualTo("item-not-found");
        assertThat(Summary.preview(
                        Element.of("presence", CLIENT).with(Element.of("status").withText("gone"))))
                .isEqualTo("\"gone\"");
        assertThat(Summary.preview(
                        Element.of("presence", CLIENT).with(Element.of("show").withText("dnd"))))
                .isEqualTo("dnd");
        assertThat(Summary.preview(Element.of("presence", CLIENT))).isEmpty();
        assertThat(Summary.preview(IQ.with(ERROR))).isEmpty();
    }
}
