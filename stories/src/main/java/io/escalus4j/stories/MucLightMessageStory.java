package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import java.util.List;
import java.util.stream.IntStream;

/** What is said in rooms without presence, and who hears it. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightMessageStory {
    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = {"muclight-4.1-1", "muclight-4.1-2"},
            says = "a message goes to all occupants, its sender among them")
    void a_message_reaches_everybody_in_the_room(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        bob.send(groupchat(room, "Your move"));

        together(
                () -> alice.expect(groupchat("Your move").from(seat(room, bob)).to(alice.account())),
                () -> bob.expect(groupchat("Your move").from(seat(room, bob)).to(bob.account())),
                () -> kate.expect(groupchat("Your move").from(seat(room, bob)).to(kate.account())));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-3",
            says = "the id and all children of a message are kept")
    void a_message_keeps_its_id_and_all_that_is_in_it(Client alice, Client bob) {
        String room = room(alice, bob);
        Element extra =
                Element.of("board", "urn:example:chess").with("move", "e2e4").withText("<&>");
        Element said = groupchat(room, "e4").with("id", "move-1").with(extra);

        alice.send(said);

        together(
                () -> bob.expect(groupchat("e4").withId("move-1").withChild(like("board", extra))),
                () -> alice.expect(groupchat("e4").withId("move-1").withChild(like("board", extra))));
    }

    private static Matcher like(String name, Element child) {
        return element(name, child.namespace()).exactly(child);
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.1", id = "muclight-4.1-4", says = "a message without an id gets one")
    void a_message_without_an_id_gets_one(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(groupchat(room, "No number").without("id"));

        Element heard = bob.expect(groupchat("No number").withAttribute("id"));
        alice.expect(groupchat("No number").withId(heard.attribute("id", "")));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-5",
            says = "a subject in a message is a part of it like any other")
    void a_subject_in_a_message_sets_nothing(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(groupchat(room, "About").with(Element.of("subject").withText("Openings")));

        together(
                () -> alice.expect(groupchat("About").withSubject("Openings")),
                () -> bob.expect(groupchat("About").withSubject("Openings")));
        assertThat(configured(room, alice, "subject")).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.1",
            id = "muclight-7-1",
            says = "an outsider says nothing in a room, nor learns that it is there")
    void an_outsider_is_not_heard(Client alice, Client kate) {
        String room = room(alice);

        kate.send(groupchat(room, "Hello?"));

        kate.expect(error("item-not-found", "cancel").from(room));
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.1",
            id = "muclight-7-1",
            says = "a room that is not there refuses as one that one is not in")
    void a_room_that_is_not_there_refuses(Client alice) {
        String room = noRoom(alice);

        alice.send(groupchat(room, "Anybody?"));

        alice.expect(error("item-not-found", "cancel").from(room));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.3",
            id = "muclight-7-3",
            says = "a room takes messages of type groupchat only")
    void a_room_takes_groupchat_only(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(chat(room, "Psst"));
        alice.expect(error("bad-request", "modify").from(room));
        alice.send(message(room, "Psst"));
        alice.expect(error("bad-request", "modify").from(room));
        alice.send(headline(room, "Psst"));
        alice.expect(error("bad-request", "modify").from(room));

        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.3", id = "muclight-7-3", says = "nothing is said to one occupant alone")
    void a_seat_takes_no_messages(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(groupchat(seat(room, bob), "Psst"));

        alice.expect(error("bad-request", "modify"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-6",
            says = "every device that takes messages gets what is said")
    void every_device_hears_the_room(Client alice, Client bob, Client bob2) {
        String room = room(alice, bob);
        bob2.expect(affiliationNotice(room, lightUser(bob, "member")));

        alice.send(groupchat(room, "Everywhere"));

        together(
                () -> alice.expect(groupchat("Everywhere")),
                () -> bob.expect(groupchat("Everywhere")),
                () -> bob2.expect(groupchat("Everywhere")));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-6",
            says = "a device of lower priority hears the room too, one of negative priority does not")
    void a_device_that_takes_no_messages_does_not_hear_the_room(Client alice, Client bob, Client bob2) {
        String room = room(alice, bob);
        bob2.expect(affiliationNotice(room, lightUser(bob, "member")));
        bob2.send(presenceWithPriority(-1));
        bob.expect(available().from(bob2).withPriority(-1));
        bob2.expect(available().from(bob2));

        alice.send(groupchat(room, "Not there"));

        alice.expect(groupchat("Not there"));
        bob.expect(groupchat("Not there"));
        bob2.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-2-2",
            says = "who is not connected belongs to the room all the same")
    void an_absent_occupant_disturbs_nobody(Scene scene, Client alice, Client bob) {
        Client kate = scene.client("kate");
        String room = room(alice, bob, kate);
        kate.close();

        alice.send(groupchat(room, "Where is Kate?"));

        together(() -> alice.expect(groupchat("Where is Kate?")), () -> bob.expect(groupchat("Where is Kate?")));
        assertThat(occupants(room, alice)).contains(as(kate, "member"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-7",
            says = "what one says is heard in the order in which it is said")
    void what_one_says_keeps_its_order(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        together(
                () -> IntStream.range(0, 20).forEach(n -> alice.send(groupchat(room, "alice " + n))),
                () -> IntStream.range(0, 20).forEach(n -> bob.send(groupchat(room, "bob " + n))));

        for (Client listener : new Client[] {alice, bob, kate}) {
            for (int n = 0; n < 20; n++) {
                listener.expect(groupchat("alice " + n).from(seat(room, alice)));
                listener.expect(groupchat("bob " + n).from(seat(room, bob)));
            }
            assertThat(spoken(listener, "alice")).isSorted();
            assertThat(spoken(listener, "bob")).isSorted();
        }
    }

    private static List<Integer> spoken(Client listener, String speaker) {
        return listener.received().stream()
                .flatMap(stanza -> stanza.childText("body").stream())
                .filter(body -> body.startsWith(speaker + " "))
                .map(body -> Integer.valueOf(body.substring(speaker.length() + 1)))
                .toList();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.2",
            id = "muclight-7-2",
            says = "presence to a room or to the service has no effect")
    void presence_has_no_effect(Client alice, Client bob) {
        String room = room(alice);

        bob.send(directedPresence(room));
        bob.send(directedPresence(seat(room, bob)));
        bob.send(directedPresence(service(bob)));
        bob.send(subscribe(room));
        bob.send(directedUnavailable(room));

        bob.expectNothing();
        alice.expectNothing();
        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "2",
            id = "muclight-2-1",
            says = "a room causes no presence, whoever comes and goes")
    void coming_and_going_makes_no_noise(Scene scene, Client alice) {
        Client bob = scene.client("bob");
        room(alice, bob);

        bob.close();

        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-4.1-8",
            says = "an error that is sent to a room goes nowhere")
    void an_error_goes_nowhere(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(groupchat(room, "Broken").with("type", "error"));
        alice.send(Element.of("iq", "jabber:client")
                .with("type", "error")
                .with("id", "x")
                .with("to", room));

        bob.expectNothing();
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-7-5",
            says = "a room that is an occupant of a room makes no loop")
    void a_room_in_a_room_makes_no_loop(Client alice, Client bob) {
        String inner = room(alice);
        String outer = room(alice, bob);
        alice.iq(setLightAffiliations(outer, member(inner)));
        together(
                () -> alice.expect(affiliationNotice(outer, lightUser(inner, "member"))),
                () -> bob.expect(affiliationNotice(outer, lightUser(inner, "member"))));

        bob.send(groupchat(outer, "Echo"));

        together(() -> alice.expect(groupchat("Echo")), () -> bob.expect(groupchat("Echo")));
        bob.expectNothing();
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            id = "muclight-7-5",
            says = "two rooms that are occupants of each other make no loop")
    void two_rooms_in_each_other_make_no_loop(Client alice, Client bob) {
        String one = room(alice);
        String other = room(alice, bob);
        alice.iq(setLightAffiliations(one, member(other)));
        alice.expect(affiliationNotice(one, lightUser(other, "member")));
        alice.iq(setLightAffiliations(other, member(one)));
        together(
                () -> alice.expect(affiliationNotice(other, lightUser(one, "member"))),
                () -> bob.expect(affiliationNotice(other, lightUser(one, "member"))));

        bob.send(groupchat(other, "Echo"));

        together(
                () -> alice.expect(groupchat("Echo").from(seat(other, bob))),
                () -> bob.expect(groupchat("Echo").from(seat(other, bob))));
        bob.expectNothing();
        alice.expectNothing();
    }
}
