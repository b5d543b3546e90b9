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

/** How people are asked into rooms, and how they ask. */
class MucInvitationStory {
    @Story
    @Spec(
            xep = 45,
            section = "7.8.2",
            id = "0045-7.8.2-2",
            says = "the room passes an invitation on, with who invites and why")
    void an_occupant_invites(Client alice, Client bob) {
        String room = room(alice);

        alice.send(invite(room, bob.account(), "Come and play"));

        Element invite = bob.expect(invitation(room).from(room))
                .child("x", USER)
                .orElseThrow()
                .child("invite")
                .orElseThrow();
        assertThat(invite.attribute("from", ""))
                .isIn(room + "/alice", alice.address(), alice.account().toString());
        assertThat(invite.childText("reason")).contains("Come and play");
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "where all see all, the invitation says whose account invites")
    void in_a_non_anonymous_room_the_account_invites(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "which of the inviter's addresses an invitation has is");
        String room = room(alice, option("whois", "anyone"));

        alice.send(invite(room, bob.account(), "Come"));

        Element invitation = bob.expect(invitation(room));
        assertThat(invitation.toXml()).contains("from='" + alice.account() + "'");
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "the invitation to a room that is protected has the password")
    void an_invitation_has_the_password(Client alice, Client bob) {
        String room = room(alice, options(option("passwordprotectedroom", "1"), option("roomsecret", "toil")));

        alice.send(invite(room, bob.account(), "Come"));

        Element invitation = bob.expect(invitation(room));
        assertThat(invitation.child("x", USER).orElseThrow().childText("password"))
                .contains("toil");
    }

    @Story
    @Spec(xep = 45, section = "7.9", says = "an invitation to go on with a chat stays one")
    void a_chat_goes_on_in_a_room(Client alice, Client bob) {
        String room = room(alice);
        Element invite = Element.of("invite", USER)
                .with("to", bob.address())
                .with(Element.of("continue", USER).with("thread", "t1"));

        alice.send(message(room).with(Element.of("x", USER).with(invite)));

        bob.expect(invitation(room)
                .withChild(x().withChild(element("invite", USER)
                        .withChild(element("continue", USER).withAttribute("thread", "t1")))));
    }

    private static Element message(String room) {
        return Element.of("message", "jabber:client").with("to", room).with("id", "i1");
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "who declines is heard by who invited, and by nobody else")
    void an_invitation_is_declined(Client alice, Client bob, Client kate) {
        String room = room(alice, kate);
        alice.send(invite(room, bob.account(), "Come"));
        String inviter = bob.expect(invitation(room))
                .child("x", USER)
                .flatMap(x -> x.child("invite"))
                .orElseThrow()
                .attribute("from", "");

        bob.send(decline(room, inviter, "I'm too busy"));

        Element decline = alice.expect(message().from(room).withChild(x().withChild("decline", USER)))
                .child("x", USER)
                .orElseThrow()
                .child("decline")
                .orElseThrow();
        assertThat(decline.attribute("from", "")).startsWith(bob.account().toString());
        assertThat(decline.childText("reason")).contains("I'm too busy");
        kate.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "who was not invited declines nothing")
    void who_was_not_invited_declines_nothing(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of a decline without an invitation is");
        String room = room(alice);

        bob.send(decline(room, room + "/alice", "Never mind"));

        bob.expect(error("item-not-found"));
        alice.expectNothing();
    }

    private static io.escalus4j.match.StanzaMatcher message() {
        return io.escalus4j.match.Matchers.message();
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "who is not in the room invites nobody into it")
    void a_stranger_does_not_invite(Client alice, Client bob, Client kate) {
        String room = room(alice);

        bob.send(invite(room, kate.account(), "Come"));

        bob.expect(error());
        kate.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "an invitation to somebody who is not there is item-not-found")
    void nobody_cannot_be_invited(Client alice) {
        String room = room(alice);

        alice.send(invite(room, "nobody-of-this-name@" + alice.jid().domain(), "Come"));
        alice.expect(error("item-not-found", "cancel"));
    }

    @Story
    @Spec(xep = 45, section = "7.8.2", says = "an invitation to what is no address is refused")
    void a_malformed_address_cannot_be_invited(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "what becomes of an invitation to what is no address is");
        String room = room(alice);

        alice.send(invite(room, "a@@b", "Come"));

        alice.expect(error("jid-malformed", "modify"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.5",
            id = "0045-9.5-3",
            says = "into a room for members admins invite, others get forbidden")
    void a_member_may_not_invite_into_a_room_for_members(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "member", "participant", alice, bob);
        configure(room, alice, option("membersonly", "1"), 104, alice, bob);

        bob.send(invite(room, kate.account(), "Come"));

        bob.expect(error("forbidden", "auth"));
        kate.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "9.5", says = "who is invited into a room for members becomes one")
    void who_is_invited_into_a_room_for_members_may_enter(Client alice, Client bob) {
        String room = room(alice, option("membersonly", "1"));
        notToldOfAffiliations(room, alice);

        alice.send(invite(room, bob.account(), "Come"));

        bob.expect(invitation(room));
        enter(room, bob, alice);
        assertThat(alice.iq(getAffiliated(room, "member")).toXml())
                .contains(bob.account().toString());
    }

    @Story
    @Spec(xep = 45, section = "9.5", id = "0045-9.5-4", says = "an invitation into an open room makes nobody a member")
    void an_invitation_into_an_open_room_makes_no_member(Client alice, Client bob) {
        String room = room(alice);
        alice.send(invite(room, bob.account(), "Come"));
        bob.expect(invitation(room));

        assertThat(alice.iq(getAffiliated(room, "member"))
                        .child("query", ADMIN)
                        .orElseThrow()
                        .elements())
                .isEmpty();
    }

    @Story
    @RequiresFeature("muc#roomconfig_allowinvites")
    @Spec(xep = 45, section = "9.5", says = "a room may let its members invite")
    void a_room_may_let_members_invite(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "member", "participant", alice, bob);
        configure(room, alice, options(option("membersonly", "1"), option("allowinvites", "1")), 104, alice, bob);
        notToldOfAffiliations(room, alice, bob);

        bob.send(invite(room, kate.account(), "Come"));

        kate.expect(invitation(room));
        enter(room, kate, alice, bob);
    }

    @Story
    @Spec(xep = 249, section = "2", says = "a direct invitation goes past the room")
    void an_invitation_goes_past_the_room(Client alice, Client bob) {
        String room = room(alice);

        alice.send(inviteDirectly(bob, room, "Come"));

        bob.expect(directInvitation(room).from(alice));
        enter(room, bob, alice);
    }

    // ---- voice

    @Story
    @Spec(xep = 45, section = "7.13", says = "a visitor's request for a voice goes to the moderators as a form")
    @Spec(xep = 45, section = "8.6", says = "a moderator who sends it back approved gives the voice")
    void a_visitor_asks_for_a_voice_and_gets_it(Client alice, Client bob, Client kate) {
        String room = room(alice, option("moderatedroom", "1"), bob, kate);
        silence(room, alice, bob, alice, bob, kate);

        bob.send(requestVoice(room));

        Element asked = alice.expect(message().from(room).withChild("x", "jabber:x:data"));
        assertThat(asked.toXml()).contains("muc#request_allow").contains("bob");
        kate.expectNothing();
        alice.send(approved(room, asked));
        for (Client client : List.of(alice, bob, kate)) {
            client.expect(occupant(room, "bob", "none", "participant"));
        }
        heard(room, bob, "Thank you", alice, bob, kate);
    }

    /** The form as it came, with a yes. */
    private static Element approved(String room, Element asked) {
        var fields = asked.child("x", "jabber:x:data").orElseThrow().elements("field", "jabber:x:data").stream()
                .filter(field -> !field.attribute("var", "FORM_TYPE").equals("FORM_TYPE"))
                .map(field -> field(
                        field.attribute("var", ""),
                        field.attribute("var", "").equals("muc#request_allow")
                                ? "1"
                                : field.childText("value").orElse("")))
                .toArray(Element[]::new);
        return message(room).with(form("http://jabber.org/protocol/muc#request", fields));
    }

    private static Element approval(String room, String nick, String allow) {
        return message(room)
                .with(form(
                        "http://jabber.org/protocol/muc#request",
                        field("muc#role", "participant"),
                        field("muc#roomnick", nick),
                        field("muc#request_allow", allow)));
    }

    @Story
    @Spec(xep = 45, section = "8.6", says = "who is no moderator gives nobody a voice")
    void a_visitor_does_not_approve_oneself(Client alice, Client bob) {
        String room = room(alice, option("moderatedroom", "1"), bob);
        silence(room, alice, bob, alice, bob);

        alice.ignore(message().from(room).withChild("x", "jabber:x:data")); // a request, that can mean
        bob.ignore(error().withChild("x", "jabber:x:data"));
        bob.send(approval(room, "bob", "true").with("id", "approval"));

        bob.send(groupchat(room, "Can you hear me?"));
        bob.expect(error("forbidden").withoutChild("x", "jabber:x:data"));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "8.6", says = "a voice can be denied, and nobody but a visitor gets one")
    void a_voice_is_denied(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "that nobody is item-not-found is");
        String room = room(alice, option("moderatedroom", "1"), bob);

        alice.send(approval(room, "nobody", "true"));
        alice.expect(error("item-not-found"));
        alice.send(approval(room, "bob", "false"));
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.13", says = "who is not in the room, or has a voice already, is refused")
    void a_request_for_a_voice_needs_a_visitor(Scene scene, Client alice, Client bob, Client kate) {
        ServerUnderTest.requireOurs(scene, "what becomes of a needless request is");
        String room = room(alice, bob);

        bob.send(requestVoice(room));
        bob.expect(error("bad-request"));
        kate.send(requestVoice(room));
        kate.expect(error("not-acceptable"));
        alice.expectNothing();
    }
}
