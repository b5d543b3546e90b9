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
import io.escalus4j.NotApplicable;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;

/** Under which names people are in a room. */
class MucNicknameStory {
    @Story
    @Spec(
            xep = 45,
            section = "7.6",
            id = "0045-7.6-1",
            says = "a change is an end under the old nickname (303) and presence under the new one")
    void a_nickname_is_changed(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(changeNick(room, "robert"));

        Element gone = alice.expect(goneFrom(room, "bob", 303).that(withItem(item().withAttribute("nick", "robert"))));
        Element here =
                alice.expect(occupant(room, "robert", "none", "participant").ofType("available"));
        assertThat(alice.received().indexOf(gone)).isLessThan(alice.received().indexOf(here));
        bob.expect(self(room, "bob", 303).ofType("unavailable"));
        bob.expect(self(room, "robert").ofType("available"));
        bob.send(groupchat(room, "New me"));
        together(() -> alice.expect(said(room, "robert", "New me")), () -> bob.expect(said(room, "robert", "New me")));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.6",
            id = "0045-7.6-3",
            says = "a change to a nickname that another user has is refused with conflict")
    void a_change_to_anothers_nickname_is_refused(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(changeNick(room, "alice"));

        bob.expect(error("conflict", "cancel").from(room + "/alice"));
        alice.expectNothing();
        heard(room, bob, "Still bob", alice, bob);
    }

    @Story
    @Spec(xep = 45, section = "7.6", says = "a nickname that was given up is free for others")
    void a_nickname_that_was_given_up_is_free(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        bob.send(changeNick(room, "robert"));
        bob.expectAll(self(room, "bob", 303), self(room, "robert"));
        alice.expectAll(goneFrom(room, "bob", 303), occupant(room, "robert"));

        enterAs(room, kate, "bob");

        kate.expectAll(occupant(room, "alice"), occupant(room, "robert"), self(room, "bob"), roomSubject(room, ""));
        together(() -> alice.expect(occupant(room, "bob")), () -> bob.expect(occupant(room, "bob")));
    }

    @Story
    @Spec(xep = 45, section = "17.1", id = "0045-17.1-1", says = "a nickname that nobody can see is none")
    void an_invisible_nickname_is_refused(Client alice, Client bob) {
        String room = room(alice);

        enterAs(room, bob, " ");

        bob.expect(error("jid-malformed", "modify"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 8266,
            section = "2.3",
            says = "spaces at the ends do not count; the room says that it has changed the nickname (210)")
    @Spec(
            xep = 45,
            section = "7.2.2",
            id = {"0045-7.2.2-6", "0045-7.6-2"},
            says = "a nickname that the service has changed is told with 210")
    void a_nickname_is_tidied(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what makes a nickname tidy is");
        String room = room(alice);

        enterAs(room, bob, " bob ");

        bob.expectAll(occupant(room, "alice"), self(room, "bob", 210), roomSubject(room, ""));
        alice.expect(occupant(room, "bob").that(withoutStatus(210)));
    }

    @Story
    @Spec(rfc = 8266, section = "2.4", says = "nicknames that differ in case alone are the same")
    void nicknames_that_look_alike_are_one(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "which nicknames are alike is");
        String room = room(alice);

        enterAs(room, bob, "ALICE");

        bob.expect(error("conflict", "cancel"));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.7", says = "changed availability goes to all, under the same nickname")
    void availability_is_shown(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(directedPresence(room + "/bob")
                .with(Element.of("show").withText("xa"), Element.of("status").withText("Gone where the goblins go")));

        alice.expect(occupant(room, "bob").withShow("xa").withStatus("Gone where the goblins go"));
        bob.expect(self(room, "bob").withShow("xa"));
    }

    /** They are optional, and so is the node that tells them. */
    private static void requireReservedNicknames(String room, Client client) {
        Element asking = iqGet(room, Element.of("query", INFO).with("node", "x-roomuser-item"));
        if (iqError().matches(client.request(asking))) {
            throw NotApplicable.because("the rooms of this server reserve no nicknames (XEP-0045 section 7.12)");
        }
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.12",
            id = {"0045-7.12-2", "0045-7.12-3", "0045-7.12-4"},
            says = "who has reserved a nickname can ask which, who has none gets an empty answer")
    void a_reserved_nickname_is_told_to_its_owner(Client alice, Client bob) {
        String room = room(alice);
        requireReservedNicknames(room, bob);
        notToldOfAffiliations(room, alice, bob);
        alice.iq(administer(room, affiliation(bob.account(), "member").with("nick", "thirdwitch")));

        Element his = bob.iq(iqGet(room, Element.of("query", INFO).with("node", "x-roomuser-item")));
        Element hers = alice.iq(iqGet(room, Element.of("query", INFO).with("node", "x-roomuser-item")));

        Element query = his.child("query", INFO).orElseThrow();
        assertThat(query.child("identity").orElseThrow().attribute("name")).contains("thirdwitch");
        assertThat(hers.child("query", INFO).orElseThrow().elements()).isEmpty();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.12",
            id = {"0045-7.2.8-1", "0045-7.12-5"},
            says = "a reserved nickname is refused to all others with conflict")
    void a_reserved_nickname_waits_for_its_owner(Client alice, Client bob, Client kate) {
        String room = room(alice);
        requireReservedNicknames(room, bob);
        notToldOfAffiliations(room, alice, bob);
        alice.iq(administer(room, affiliation(bob.account(), "member").with("nick", "thirdwitch")));

        enterAs(room, kate, "thirdwitch");
        kate.expect(error("conflict", "cancel"));
        alice.expectNothing();
        enterAs(room, bob, "thirdwitch");
        bob.expectAll(occupant(room, "alice"), self(room, "thirdwitch"), roomSubject(room, ""));
        alice.expect(occupant(room, "thirdwitch", "member", "participant"));
    }

    @Story
    @Spec(xep = 45, section = "9.1", id = "0045-9.1-3", says = "an outcast has no reserved nickname")
    void the_nickname_of_an_outcast_is_free(Client alice, Client bob, Client kate) {
        String room = room(alice);
        requireReservedNicknames(room, bob);
        notToldOfAffiliations(room, alice, bob);
        alice.iq(administer(room, affiliation(bob.account(), "member").with("nick", "thirdwitch")));
        affiliateAbsent(room, alice, bob, "outcast");

        enterAs(room, kate, "thirdwitch");

        kate.expectAll(occupant(room, "alice"), self(room, "thirdwitch"), roomSubject(room, ""));
        alice.expect(occupant(room, "thirdwitch"));
    }
}
