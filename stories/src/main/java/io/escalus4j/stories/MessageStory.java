package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;

/** Messages between people, and to whom they go: RFC 6121 sections 5 and 8.5. */
class MessageStory {
    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.1",
            id = "6121-8.5.3.1-2",
            says = "a message to a full JID is delivered to that resource")
    void a_chat_message_reaches_its_addressee(Client alice, Client bob) {
        alice.send(chat(bob, "Tea at five"));

        bob.expect(chatMessage("Tea at five").from(alice).to(bob));
        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.1",
            id = "6120-10.1-2",
            says = "stanzas are processed in order between any two entities")
    void three_people_talk_at_once(Client alice, Client bob, Client kate) {
        together(
                () -> alice.send(chat(bob, "from alice")),
                () -> bob.send(chat(kate, "from bob")),
                () -> kate.send(chat(alice, "from kate")));

        together(
                () -> bob.expect(chatMessage("from alice").from(alice)),
                () -> kate.expect(chatMessage("from bob").from(bob)),
                () -> alice.expect(chatMessage("from kate").from(kate)));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.1",
            id = {"6120-10.1-1", "6120-10.1-2"},
            says = "the order of one sender's stanzas is kept")
    void the_order_of_one_sender_is_kept(Client alice, Client bob) {
        for (int i = 0; i < 50; i++) {
            alice.send(chat(bob, "line " + i));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(bob.expect(chatMessage().from(alice))).hasBody("line " + i);
        }
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "5.2",
            says = "thread, subject and what the server does not know are delivered untouched")
    void what_the_server_does_not_know_survives(Client alice, Client bob) {
        Element unknown = Element.of("timestamp", "urn:example:stamp")
                .with("at", "1 < 2 & \"3\"")
                .withText("  spaces  ");

        alice.send(chat(bob, "Look").with("id", "m-1").with(unknown));

        bob.expect(chatMessage("Look")
                .from(alice)
                .withId("m-1")
                .withChild(element("timestamp", "urn:example:stamp").exactly(unknown)));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11.6",
            id = {"6120-11.6-1", "6120-11.6-2", "6120-12-1"},
            says = "all of Unicode travels as UTF-8")
    void every_script_survives(Client alice, Client bob) {
        String body = "Grüße, мир, 世界, \uD83C\uDF75 & <tea/> ]]> 'five' \"o'clock\"";

        alice.send(chat(bob, body));

        bob.expect(chatMessage(body));
    }
}
