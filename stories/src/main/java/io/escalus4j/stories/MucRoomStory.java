package io.escalus4j.stories;

import static io.escalus4j.Eventually.eventually;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoItems;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import java.util.List;

/** How rooms come to be, and how they end. */
class MucRoomStory {
    private static Element destroyed(Element presence) {
        return presence.child("x", USER).orElseThrow().child("destroy").orElseThrow();
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.1",
            id = {"0045-10.1.1-2", "0045-10.1.1-3", "0045-10.1.1-4"},
            says = "who enters a room that is not there makes it, and owns it (201)")
    void who_enters_first_owns_the_room(Client alice) {
        String room = noRoom(alice);

        enterAs(room, alice, "alice");

        alice.expect(self(room, "alice", 201)
                .that(withItem(item().withAttribute("affiliation", "owner").withAttribute("role", "moderator"))));
        alice.expect(roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.2",
            id = "0045-10.1.2-1",
            says = "an empty form of type submit opens the room as it is")
    void an_instant_room_opens_with_an_empty_form(Client alice, Client bob) {
        String room = newRoom(alice);

        alice.iq(acceptRoomDefaults(room));

        enter(room, bob, alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.3",
            id = {"0045-10.1.1-6", "0045-10.1.1-7"},
            says = "a reserved room opens when the form comes back")
    void a_reserved_room_opens_with_its_form(Client alice, Client bob) {
        String room = newRoom(alice);
        Element form = alice.iq(getRoomConfiguration(room))
                .child("query", OWNER)
                .orElseThrow()
                .child("x", "jabber:x:data")
                .orElseThrow();
        assertThat(form.attribute("type")).contains("form");

        alice.iq(setRoomConfiguration(room, field("muc#roomconfig_roomname", "A Dark Cave")));
        overhear(room, alice, configured(room));

        enter(room, bob, alice);
        assertThat(bob.iq(iqGet(room, Element.of("query", INFO))))
                .satisfies(info -> assertThat(info.toXml()).contains("name='A Dark Cave'"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.3",
            id = "0045-10.1.1-8",
            says = "a form that is cancelled destroys the room, and its owner is told")
    void a_cancelled_form_destroys_the_room(Client alice, Client bob) {
        String room = newRoom(alice);

        alice.iq(cancelRoomConfiguration(room));

        destroyed(alice.expect(unavailable().from(room + "/alice")));
        bob.send(groupchat(room, "Anybody?"));
        bob.expect(error("item-not-found", "cancel"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.3",
            id = "0045-10.1.3-2",
            says = "an owner who goes before the form comes back destroys the room")
    void an_owner_who_leaves_an_unmade_room_destroys_it(Client alice, Client bob) {
        String room = newRoom(alice);

        alice.send(leaveRoom(room, "alice"));

        destroyed(alice.expect(unavailable().from(room + "/alice")));
        enterAs(room, bob, "bob");
        bob.expect(self(room, "bob", 201));
        bob.expect(roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.1.3",
            id = "0045-10.1.3-1",
            says = "a room that is to be protected by a blank password is not-acceptable")
    void a_blank_password_protects_nothing(Client alice) {
        String room = newRoom(alice);

        alice.iqError(
                setRoomConfiguration(
                        room,
                        field("muc#roomconfig_passwordprotectedroom", "1"),
                        field("muc#roomconfig_roomsecret", "")),
                "not-acceptable");
    }

    @Story
    @Spec(xep = 45, section = "4.2", says = "a temporary room goes with its last occupant")
    void a_temporary_room_goes_with_its_last_occupant(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.send(leaveRoom(room, "alice"));
        alice.expect(self(room, "alice").ofType("unavailable"));
        bob.expect(goneFrom(room, "alice"));

        bob.send(leaveRoom(room, "bob"));

        bob.expect(self(room, "bob").ofType("unavailable"));
        eventually(
                        "the list of rooms",
                        () -> bob.iq(getDiscoItems(service(bob))).toXml())
                .becomes("is without the room", list -> !list.contains(room));
        enterAs(room, bob, "bob");
        bob.expect(self(room, "bob", 201));
        bob.expect(roomSubject(room, ""));
    }

    @Story
    @Spec(xep = 45, section = "4.2", says = "a persistent room stays what it was while nobody is in it")
    void a_persistent_room_stays(Client alice, Client bob) {
        String room = room(alice, options(option("persistentroom", "1"), option("roomname", "Chess")));
        alice.send(setSubject(room, "Openings"));
        alice.expect(roomSubject(room, "Openings"));
        alice.send(leaveRoom(room, "alice"));
        alice.expect(self(room, "alice").ofType("unavailable"));

        enterAs(room, bob, "bob");

        bob.expect(self(room, "bob").that(withoutStatus(201)));
        bob.expect(roomSubject(room, "Openings"));
        assertThat(bob.request(getRoomConfiguration(room)))
                .matches(error -> iqError("forbidden").matches(error));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.9",
            id = {"0045-10.9-1", "0045-10.9-2"},
            says = "an owner destroys the room: each occupant is told once, with reason and alternative")
    void an_owner_destroys_the_room(Client alice, Client bob) {
        String room = room(alice, option("persistentroom", "1"), bob);
        Element destroy = Element.of("destroy", OWNER)
                .with("jid", "coven@chat.shakespeare.lit")
                .with(Element.text("password", OWNER, "toil"), Element.text("reason", OWNER, "Macbeth doth come."));

        alice.iq(iqSet(room, Element.of("query", OWNER).with(destroy)));

        for (Client client : List.of(alice, bob)) {
            Element told = destroyed(client.expect(unavailable().from(room + "/" + client.name())));
            assertThat(told.attribute("jid")).contains("coven@chat.shakespeare.lit");
            assertThat(told.childText("reason")).contains("Macbeth doth come.");
            assertThat(told.childText("password")).contains("toil");
        }
        bob.send(groupchat(room, "Anybody?"));
        bob.expect(error().from(room)); // item-not-found, or gone (RFC 6120 section 8.3.3.5)
    }

    @Story
    @Spec(xep = 45, section = "10.9", id = "0045-10.9-3", says = "who is no owner gets forbidden, and the room stays")
    void nobody_else_destroys_it(Client alice, Client bob) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "admin", "moderator", alice, bob);

        bob.iqError(destroyRoom(room, "Mine"), "forbidden");

        heard(room, alice, "Still here", alice, bob);
    }
}
