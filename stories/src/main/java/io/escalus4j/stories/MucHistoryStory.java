package io.escalus4j.stories;

import static io.escalus4j.Together.together;
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

/** What was said before somebody entered. */
class MucHistoryStory {
    private static void enters(String room, Client bob, String... wishes) {
        ignoresTheRoomItself(room, bob);
        bob.send(entering(room, wishes));
    }

    private static Element entering(String room, String... wishes) {
        Element history = Element.of("history", "http://jabber.org/protocol/muc");
        for (int i = 0; i < wishes.length; i += 2) {
            history = history.with(wishes[i], wishes[i + 1]);
        }
        return directedPresence(room + "/bob")
                .with(Element.of("x", "http://jabber.org/protocol/muc").with(history));
    }

    /** A room in which alice has said one, two, three. */
    private static String threeSaid(Client alice) {
        String room = room(alice);
        for (String body : List.of("one", "two", "three")) {
            heard(room, alice, body, alice);
        }
        return room;
    }

    private static void expectEntered(String room, Client alice, Client bob) {
        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        alice.expect(occupant(room, "bob"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.13",
            id = "0045-7.2.13-2",
            says = "who enters gets what was said, oldest first, stamped by the room")
    void who_enters_gets_what_was_said(Client alice, Client bob) {
        String room = threeSaid(alice);

        enterAs(room, bob, "bob");

        expectEntered(room, alice, bob);
        Element one = bob.expect(said(room, "alice", "one")
                .withChild(element("delay", "urn:xmpp:delay")
                        .withAttribute("from", room)
                        .withAttribute("stamp"))
                .withChild(element("stanza-id", "urn:xmpp:sid:0").withAttribute("by", room)));
        Element two = bob.expect(said(room, "alice", "two"));
        Element three = bob.expect(said(room, "alice", "three"));
        assertThat(bob.received()).containsSubsequence(one, two, three);
    }

    @Story
    @Spec(xep = 45, section = "7.2.14", says = "maxchars='0' asks for nothing")
    void who_wants_none_gets_none(Client alice, Client bob) {
        String room = threeSaid(alice);

        enters(room, bob, "maxchars", "0");

        expectEntered(room, alice, bob);
    }

    @Story
    @Spec(xep = 45, section = "7.2.14", says = "maxstanzas limits the number of messages, the newest count")
    void the_newest_so_many_messages(Client alice, Client bob) {
        String room = threeSaid(alice);

        enters(room, bob, "maxstanzas", "2");

        expectEntered(room, alice, bob);
        bob.expectAll(said(room, "alice", "two"), said(room, "alice", "three"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.14",
            id = {"0045-7.2.14-2", "0045-7.2.14-3"},
            says = "maxchars limits the characters of whole stanzas")
    void as_many_whole_messages_as_the_characters_allow(Client alice, Client bob, Client kate) {
        String room = threeSaid(alice);
        enters(room, bob, "maxstanzas", "1");
        expectEntered(room, alice, bob);
        Element three = bob.expect(said(room, "alice", "three"));
        int length = three.without("to").toXml().length();

        ignoresTheRoomItself(room, kate);
        kate.send(directedPresence(room + "/kate")
                .with(Element.of("x", "http://jabber.org/protocol/muc")
                        .with(Element.of("history", "http://jabber.org/protocol/muc")
                                .with("maxchars", Integer.toString(length + 100)))));

        kate.expectAll(
                occupant(room, "alice"),
                occupant(room, "bob"),
                self(room, "kate"),
                roomSubject(room, ""),
                said(room, "alice", "three"));
        together(() -> alice.expect(occupant(room, "kate")), () -> bob.expect(occupant(room, "kate")));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.14",
            says = "since asks for what was said after a time, in the future that is nothing")
    void since_a_time(Client alice, Client bob) {
        String room = threeSaid(alice);

        enters(room, bob, "since", "2999-01-01T00:00:00Z");
        expectEntered(room, alice, bob);
        bob.send(leaveRoom(room, "bob"));
        bob.expect(self(room, "bob").ofType("unavailable"));
        alice.expect(goneFrom(room, "bob"));

        enters(room, bob, "since", "1970-01-01T00:00:00Z");
        expectEntered(room, alice, bob);
        bob.expectAll(said(room, "alice", "one"), said(room, "alice", "two"), said(room, "alice", "three"));
    }

    @Story
    @Spec(xep = 45, section = "7.2.14", id = "0045-7.2.14-1", says = "of several wishes the smallest counts")
    void the_smallest_wish_counts(Client alice, Client bob) {
        String room = threeSaid(alice);

        enters(room, bob, "seconds", "600", "maxstanzas", "1", "since", "1970-01-01T00:00:00Z");

        expectEntered(room, alice, bob);
        bob.expect(said(room, "alice", "three"));
    }

    @Story
    @Spec(xep = 45, section = "7.2.14", says = "what is no number and no time is refused, and nobody enters")
    void a_wish_that_makes_no_sense_is_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of a wish that makes no sense is");
        String room = threeSaid(alice);

        for (String[] wish : new String[][] {{"maxstanzas", "many"}, {"maxchars", "-1"}, {"since", "yesterday"}}) {
            enters(room, bob, wish);
            bob.expect(error("bad-request", "modify").from(room + "/bob"));
        }
        alice.expectNothing();
    }

    @Story
    @RequiresFeature("muc#maxhistoryfetch")
    @Spec(xep = 45, section = "7.2.14", says = "a room may limit its history by itself")
    void a_room_limits_its_history(Client alice, Client bob) {
        String room = room(alice, option("muc#maxhistoryfetch", "1"));
        heard(room, alice, "one", alice);
        heard(room, alice, "two", alice);

        enterAs(room, bob, "bob");

        expectEntered(room, alice, bob);
        bob.expect(said(room, "alice", "two"));
    }
}
