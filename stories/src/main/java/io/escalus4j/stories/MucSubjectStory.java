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
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;

/** What a room talks about. */
class MucSubjectStory {
    @Story
    @Spec(xep = 45, section = "8.1", id = "0045-8.1-2", says = "a moderator changes the subject, and all hear it")
    void a_moderator_changes_the_subject(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(setSubject(room, "Openings"));

        together(
                () -> alice.expect(roomSubject(room, "Openings").from(room + "/alice")),
                () -> bob.expect(roomSubject(room, "Openings").from(room + "/alice")));
    }

    @Story
    @RequiresFeature("muc#roomconfig_changesubject")
    @Spec(xep = 45, section = "8.1", id = "0045-8.1-3", says = "who may not gets forbidden")
    void a_participant_may_not(Client alice, Client bob) {
        String room = room(alice, option("changesubject", "0"), bob);

        bob.send(setSubject(room, "Endgames"));

        bob.expect(error("forbidden", "auth"));
        alice.expectNothing();
    }

    @Story
    @RequiresFeature("muc#roomconfig_changesubject")
    @Spec(xep = 45, section = "8.1", says = "a room may let participants change the subject")
    void a_room_may_let_participants_do_it(Client alice, Client bob) {
        String room = room(alice, option("changesubject", "1"), bob);

        bob.send(setSubject(room, "Endgames"));

        together(() -> alice.expect(roomSubject(room, "Endgames")), () -> bob.expect(roomSubject(room, "Endgames")));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.15",
            id = {"0045-7.2.15-1", "0045-7.2.15-3"},
            says = "who enters gets the subject last, with the time when it was set")
    void who_enters_gets_the_subject_with_its_time(Client alice, Client bob) {
        String room = room(alice);
        alice.send(setSubject(room, "Openings"));
        alice.expect(roomSubject(room, "Openings"));

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice"), self(room, "bob"));
        bob.expect(roomSubject(room, "Openings")
                .withChild(element("delay", "urn:xmpp:delay")
                        .withAttribute("from", room)
                        .withAttribute("stamp")));
        alice.expect(occupant(room, "bob"));
    }

    @Story
    @Spec(xep = 45, section = "8.1", says = "an empty subject takes the subject away")
    void an_empty_subject_takes_it_away(Client alice, Client bob) {
        String room = room(alice);
        alice.send(setSubject(room, "Openings"));
        alice.expect(roomSubject(room, "Openings"));
        alice.send(setSubject(room, ""));
        alice.expect(roomSubject(room, ""));

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        alice.expect(occupant(room, "bob"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "8.1",
            id = "0045-8.1-4",
            says = "a message with a subject and a body is no change of subject")
    void a_subject_with_a_body_changes_nothing(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(groupchat(room, "See above").with(Element.of("subject").withText("Endgames")));

        together(
                () -> alice.expect(said(room, "bob", "See above").withSubject("Endgames")),
                () -> bob.expect(said(room, "bob", "See above")));
        assertThat(bob.iq(iqGet(room, Element.of("query", INFO))).toXml()).doesNotContain("Endgames");
    }
}
