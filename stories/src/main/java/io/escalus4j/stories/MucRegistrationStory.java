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

/** Users become members of rooms, with nicknames of their own. */
@RequiresFeature("http://jabber.org/protocol/muc#register")
class MucRegistrationStory {
    private static final String REGISTER = "jabber:iq:register";
    private static final String FORM = "http://jabber.org/protocol/muc#register";

    private static Element asking(String room) {
        return iqGet(room, Element.of("query", REGISTER));
    }

    private static Element registering(String room, String nick) {
        return iqSet(room, Element.of("query", REGISTER).with(form(FORM, field("muc#register_roomnick", nick))));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.10",
            id = {"0045-7.10-3", "0045-7.10-4", "0045-7.10-8", "0045-7.10-9"},
            says = "a user asks what is needed, sends it, and is a member with a nickname")
    void a_user_registers(Client alice, Client bob) {
        String room = room(alice, bob);
        assertThat(bob.iq(asking(room)).toXml()).contains("muc#register_roomnick");

        bob.iq(registering(room, "thirdwitch"));

        together(
                () -> alice.expect(occupant(room, "bob", "member", "participant")),
                () -> bob.expect(occupant(room, "bob", "member", "participant")));
        Element query = bob.iq(asking(room)).child("query", REGISTER).orElseThrow();
        assertThat(query.child("registered")).isPresent();
        assertThat(query.childText("username")).contains("thirdwitch");
    }

    @Story
    @Spec(xep = 45, section = "7.10", id = "0045-7.10-5", says = "a nickname that somebody has is a conflict")
    void a_nickname_is_reserved_once(Client alice, Client bob, Client kate) {
        String room = room(alice);
        bob.iq(registering(room, "thirdwitch"));

        kate.iqError(registering(room, "ThirdWitch"), "conflict");
        kate.iqError(registering(room, "alice"), "conflict");
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.10", id = "0045-7.10-7", says = "without a form that is valid: bad-request")
    void a_form_is_needed(Client alice, Client bob) {
        String room = room(alice);

        bob.iqError(iqSet(room, Element.of("query", REGISTER)), "bad-request");
        bob.iqError(iqSet(room, Element.of("query", REGISTER).with(form("urn:example:other"))), "bad-request");
        bob.iqError(iqSet(room, Element.of("query", REGISTER).with(form(FORM))), "bad-request");
        bob.iqError(registering(room, " "), "bad-request");
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.10", id = "0045-7.10-1", says = "a room that is not there: item-not-found")
    void a_room_is_needed(Client alice) {
        alice.iqError(asking(noRoom(alice)), "item-not-found");
    }

    @Story
    @Spec(xep = 45, section = "7.10", id = "0045-7.10-2", says = "who may not register gets not-allowed")
    void a_room_may_let_nobody_register(Client alice, Client bob, Client kate) {
        String room = room(alice, option("x-allow_registration", "0"));
        bob.iqError(asking(room), "not-allowed");
        bob.iqError(registering(room, "thirdwitch"), "not-allowed");
        String open = room(alice);
        affiliateAbsent(open, alice, kate, "outcast");
        kate.iqError(registering(open, "thirdwitch"), "not-allowed");
    }

    @Story
    @Spec(xep = 77, section = "3.2", says = "who is registered no more is no member")
    void a_user_gives_it_up(Client alice, Client bob) {
        String room = room(alice, bob);
        bob.iq(registering(room, "thirdwitch"));
        together(
                () -> alice.expect(occupant(room, "bob", "member", "participant")),
                () -> bob.expect(occupant(room, "bob", "member", "participant")));

        bob.iq(iqSet(room, Element.of("query", REGISTER).with(Element.of("remove", REGISTER))));

        together(
                () -> alice.expect(occupant(room, "bob", "none", "participant")),
                () -> bob.expect(occupant(room, "bob", "none", "participant")));
        bob.iqError(
                iqSet(room, Element.of("query", REGISTER).with(Element.of("remove", REGISTER))),
                "registration-required");
    }

    @Story
    @Spec(xep = 45, section = "9.9", says = "into a room for members an administrator lets who wants to register")
    void an_admin_approves(Client alice, Client bob) {
        String room = room(alice, option("membersonly", "1"));

        bob.iq(registering(room, "thirdwitch"));

        Element asked = alice.expect(message().from(room).withChild("x", "jabber:x:data"));
        assertThat(asked.toXml()).contains("thirdwitch").contains(bob.account().toString());
        enterAs(room, bob, "thirdwitch");
        bob.expect(error("registration-required"));
        alice.send(Element.of("message", "jabber:client")
                .with("to", room)
                .with(form(FORM, field("muc#register_roomnick", "thirdwitch"), field("muc#register_allow", "1"))));
        alice.expect(message().from(room).that(withItem(item().withJid(bob.account()))));
        bob.expect(invitation(room));
        enterAs(room, bob, "thirdwitch");
        bob.expectAll(occupant(room, "alice"), self(room, "thirdwitch"), roomSubject(room, ""));
        alice.expect(occupant(room, "thirdwitch", "member", "participant"));
    }

    @Story
    @Spec(xep = 45, section = "9.9", says = "nobody but an administrator approves")
    void nobody_else_approves(Client alice, Client bob) {
        String room = room(alice, option("membersonly", "1"));
        bob.iq(registering(room, "thirdwitch"));
        alice.expect(message().from(room));

        bob.send(Element.of("message", "jabber:client")
                .with("to", room)
                .with(form(FORM, field("muc#register_roomnick", "thirdwitch"), field("muc#register_allow", "1"))));

        bob.expect(error("forbidden", "auth"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.10",
            id = {"0045-7.2.2-6", "0045-7.6-4"},
            says = "a room may have its members use their registered nicknames (210)")
    @Spec(xep = 45, section = "7.6", says = "where nicknames are locked a change is not-acceptable")
    void a_room_may_lock_nicknames(Client alice, Client bob) {
        String room = room(alice, option("x-lock_nicks", "1"));
        bob.iq(registering(room, "thirdwitch"));

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice"), self(room, "thirdwitch", 210), roomSubject(room, ""));
        alice.expect(occupant(room, "thirdwitch"));
        bob.send(changeNick(room, "bob"));
        bob.expect(error("not-acceptable"));
    }
}
