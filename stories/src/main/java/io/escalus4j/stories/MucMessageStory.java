package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;

/** What is said in a room, to all and to one. */
class MucMessageStory {
    private static final String STANZA_ID = "urn:xmpp:sid:0";

    @Story
    @Spec(
            xep = 45,
            section = "7.4",
            id = "0045-7.4-1",
            says = "a message goes to all from the occupant JID, with its id and all its children")
    void what_is_said_reaches_all(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        Element extra = Element.of("timestamp", "urn:example:time").withText("12");

        bob.send(groupchat(room, "Check").with("id", "move-1").with(extra));

        for (Client client : List.of(alice, bob, kate)) {
            client.expect(said(room, "bob", "Check")
                    .withId("move-1")
                    .withChild("timestamp", "urn:example:time")
                    .to(client));
        }
    }

    @Story
    @Spec(xep = 359, section = "4", says = "the room's id is on the message, the same for all, and no forged one is")
    void all_get_the_same_id_of_the_room(Client alice, Client bob) {
        String room = room(alice, bob);
        Element forged = Element.of("stanza-id", STANZA_ID).with("by", room).with("id", "forged-id");
        Element others = Element.of("stanza-id", STANZA_ID)
                .with("by", "elsewhere@example.org")
                .with("id", "theirs");

        bob.send(groupchat(room, "Check").with(forged, others));

        Element toAlice = alice.expect(said(room, "bob", "Check"));
        Element toBob = bob.expect(said(room, "bob", "Check"));
        assertThat(ids(toAlice, room)).hasSize(1).isEqualTo(ids(toBob, room)).doesNotContain("forged-id");
        assertThat(ids(toAlice, "elsewhere@example.org")).containsExactly("theirs");
    }

    private static List<String> ids(Element message, String by) {
        return message.elements("stanza-id", STANZA_ID).stream()
                .filter(id -> id.attribute("by", "").equals(by))
                .map(id -> id.attribute("id", ""))
                .toList();
    }

    @Story
    @Spec(xep = 45, section = "7.4", says = "a message without an id gets one")
    void a_message_without_an_id_gets_one(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "whether a message without an id gets one is");
        String room = room(alice);

        alice.send(groupchat(room, "Nameless").without("id"));

        alice.expect(said(room, "alice", "Nameless").withAttribute("id"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.4",
            id = "0045-17.2-1",
            says = "who is not in the room gets not-acceptable, and nobody hears it")
    void a_stranger_is_not_heard(Client alice, Client bob) {
        String room = room(alice);

        bob.send(groupchat(room, "Let me in"));

        bob.expect(error("not-acceptable").from(room));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.4",
            id = {"0045-7.4-2", "0045-7.4-3"},
            says = "a visitor in a moderated room gets forbidden")
    void a_visitor_has_no_voice(Client alice, Client bob) {
        String room = room(alice, option("moderatedroom", "1"), bob);
        silence(room, alice, bob, alice, bob);

        bob.send(groupchat(room, "May I?"));

        bob.expect(error("forbidden", "auth").from(room));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "17.2", says = "a room that is not there answers item-not-found")
    void a_room_that_is_not_there_says_so(Client alice) {
        alice.send(groupchat(noRoom(alice), "Anybody?"));

        alice.expect(error("item-not-found", "cancel"));
    }

    @Story
    @Spec(xep = 45, section = "17.2", says = "a message to the room that is not groupchat reaches nobody")
    void a_chat_to_the_room_reaches_nobody(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.ignore(error());

        alice.send(chat(room, "Psst"));

        bob.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "17.2", says = "it may be ignored, or refused with bad-request")
    void a_chat_to_the_room_is_refused(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "whether it is refused is");
        String room = room(alice);

        alice.send(chat(room, "Psst"));

        alice.expect(error("bad-request", "modify"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.5",
            says = "a private message goes to the one occupant, from the occupant JID, with <x/>")
    void a_private_message_reaches_one(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        bob.send(privateMessage(room, "alice", "Your queen"));

        alice.expect(chatMessage("Your queen").from(room + "/bob").withChild("x", USER));
        kate.expectNothing();
        alice.send(chat(room + "/bob", "I know"));
        bob.expect(chatMessage("I know").from(room + "/alice").withChild("x", USER));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.5",
            id = "0045-7.5-1",
            says = "a message of type groupchat to one occupant is a bad-request")
    void groupchat_to_one_is_refused(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(groupchat(room + "/alice", "Just you"));

        bob.expect(error("bad-request", "modify").from(room + "/alice"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.5",
            id = {"0045-7.5-4", "0045-7.5-5"},
            says = "a private message to nobody is item-not-found, one of a stranger not-acceptable")
    void a_private_message_needs_two_occupants(Client alice, Client bob) {
        String room = room(alice);

        alice.send(privateMessage(room, "nobody", "Hello?"));
        alice.expect(error("item-not-found", "cancel").from(room + "/nobody"));
        bob.send(privateMessage(room, "alice", "Hello?"));
        bob.expect(error("not-acceptable").from(room + "/alice"));
        alice.expectNothing();
    }

    @Story
    @RequiresFeature("muc#roomconfig_allowpm")
    @Spec(xep = 45, section = "7.5", says = "the room may say who sends private messages")
    void private_messages_can_be_forbidden(Client alice, Client bob) {
        String room = room(alice, option("allowpm", "moderators"), bob);

        bob.send(privateMessage(room, "alice", "Psst"));
        bob.expect(error("forbidden", "auth"));
        alice.send(privateMessage(room, "bob", "Psst"));
        bob.expect(chatMessage("Psst").from(room + "/alice"));
    }
}
