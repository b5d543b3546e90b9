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

/** How moderators and administrators change what others are, and what all are told of it. */
class MucModerationStory {
    private static Element because(Element item, String reason) {
        return item.with(Element.text("reason", ADMIN, reason));
    }

    @Story
    @Spec(
            xep = 45,
            section = "8.2",
            id = {"0045-8.2-1", "0045-8.2-2", "0045-8.2-3"},
            says =
                    "who is kicked is told first, with 307 and the reason; then the moderator has the result; then all others know")
    void a_moderator_kicks_somebody(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.send(administer(room, because(role("bob", "none"), "Avaunt, you cullion!")));

        Element told = bob.expect(self(room, "bob", 307).ofType("unavailable"));
        assertThat(told.toXml()).contains("Avaunt, you cullion!").contains("nick='alice'");
        Element result = alice.expect(iqResult());
        Element seen = alice.expect(goneFrom(room, "bob", 307)
                .that(withItem(item().withAttribute("role", "none").withAttribute("affiliation", "none"))));
        assertThat(alice.received().indexOf(result)).isLessThan(alice.received().indexOf(seen));
        kate.expect(goneFrom(room, "bob", 307));
        bob.send(groupchat(room, "What?"));
        bob.expect(error("not-acceptable"));
    }

    @Story
    @Spec(xep = 45, section = "8.2", says = "who was kicked may come back")
    void who_was_kicked_comes_back(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.iq(setRole(room, "bob", "none"));
        alice.expect(goneFrom(room, "bob", 307));
        bob.expect(self(room, "bob", 307));

        enter(room, bob, alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "8.3",
            id = {"0045-5.1.3-1", "0045-8.3-1", "0045-8.3-2"},
            says = "a visitor who is given a voice is seen to have one, and is heard")
    void a_visitor_is_given_a_voice(Client alice, Client bob) {
        String room = room(alice, option("moderatedroom", "1"), bob);
        silence(room, alice, bob, alice, bob);

        alice.iq(setRole(room, "bob", "participant"));

        together(
                () -> alice.expect(occupant(room, "bob", "none", "participant")),
                () -> bob.expect(occupant(room, "bob", "none", "participant")));
        heard(room, bob, "A worthy fellow", alice, bob);
    }

    @Story
    @Spec(xep = 45, section = "5.1", says = "a voice in a moderated room is kept over visits")
    void a_voice_is_kept_over_visits(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether a voice is kept over visits is");
        String room = room(alice, option("moderatedroom", "1"), bob);
        alice.iq(setRole(room, "bob", "participant"));
        together(
                () -> alice.expect(occupant(room, "bob", "none", "participant")),
                () -> bob.expect(occupant(room, "bob", "none", "participant")));
        bob.send(leaveRoom(room, "bob"));
        bob.expect(self(room, "bob"));
        alice.expect(goneFrom(room, "bob"));

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice"), occupant(room, "bob", "none", "participant"), roomSubject(room, ""));
        alice.expect(occupant(room, "bob", "none", "participant"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "8.4",
            id = {"0045-8.4-1", "0045-8.4-2"},
            says = "who loses the voice is a visitor to all, and is not heard")
    void a_voice_is_taken(Client alice, Client bob) {
        String room = room(alice, bob);
        configure(room, alice, option("moderatedroom", "1"), 104, alice, bob);

        alice.iq(setRole(room, "bob", "visitor"));

        together(
                () -> alice.expect(occupant(room, "bob", "none", "visitor")),
                () -> bob.expect(occupant(room, "bob", "none", "visitor")));
        bob.send(groupchat(room, "Mute?"));
        bob.expect(error("forbidden", "auth"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "8.5",
            id = {"0045-8.5-2", "0045-9.6-1"},
            says = "several items in one request are done together")
    void several_roles_change_in_one_request(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(administer(room, role("bob", "visitor"), role("kate", "moderator")));

        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(occupant(room, "bob", "none", "visitor"), occupant(room, "kate", "none", "moderator"));
        }
    }

    @Story
    @Spec(xep = 45, section = "9.2", id = "0045-9.2-2", says = "if one item is not allowed nothing is done")
    void of_several_items_all_are_done_or_none(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        affiliate(room, alice, kate, "admin", "moderator", alice, bob, kate);

        kate.iqError(
                administer(room, affiliation(bob.account(), "outcast"), affiliation(alice.account(), "outcast")),
                "not-allowed");

        heard(room, bob, "Still here", alice, bob, kate);
        assertThat(alice.iq(getAffiliated(room, "outcast"))
                        .child("query", ADMIN)
                        .orElseThrow()
                        .elements())
                .isEmpty();
    }

    @Story
    @Spec(xep = 45, section = "8.5", says = "of several items that make no sense together none is done")
    void items_that_make_no_sense_together_are_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of items that contradict each other is");
        String room = room(alice, bob);

        alice.iqError(administer(room, role("bob", "visitor"), role("nobody", "visitor")), "item-not-found");
        alice.iqError(administer(room, role("bob", "visitor"), role("bob", "moderator")), "bad-request");
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.1",
            id = {"0045-9.1-1", "0045-9.1-2", "0045-9.1-4", "0045-9.1-5", "0045-9.2-1"},
            says = "who is banned is told (301) and gone, and all others know")
    void an_admin_bans_somebody(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(administer(room, because(affiliation(bob.account(), "outcast"), "Treason")));

        Element told = bob.expect(self(room, "bob", 301)
                .ofType("unavailable")
                .that(withItem(item().withAttribute("affiliation", "outcast").withAttribute("role", "none"))));
        assertThat(told.toXml()).contains("Treason");
        together(() -> alice.expect(goneFrom(room, "bob", 301)), () -> kate.expect(goneFrom(room, "bob", 301)));
        enterAs(room, bob, "bob");
        bob.expect(error("forbidden", "auth"));
        Element list = alice.iq(getAffiliated(room, "outcast"));
        assertThat(list.toXml()).contains(bob.account().toString());
    }

    @Story
    @Spec(xep = 45, section = "9.1", id = "0045-9.1-7", says = "who bans oneself gets conflict")
    void nobody_bans_oneself(Client alice) {
        String room = room(alice);

        alice.iqError(setAffiliation(room, alice.account(), "outcast"), "conflict");

        heard(room, alice, "Still here", alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.2",
            says = "a ban of a domain holds for all of its accounts who have no affiliation of their own")
    void a_domain_is_banned(Client alice, Client bob, Client kate) {
        String room = room(alice, kate);
        affiliate(room, alice, kate, "member", "participant", alice, kate);

        notToldOfAffiliations(room, alice);
        alice.iq(setAffiliation(room, alice.jid().domain(), "outcast"));

        enterAs(room, bob, "bob");
        bob.expect(error("forbidden", "auth"));
        heard(room, kate, "I stay", alice, kate);
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.3",
            id = {"0045-5.2.1-1", "0045-5.2.2-1", "0045-9.3-1", "0045-9.3-2", "0045-9.5-1", "0045-17.4-4"},
            says = "a new member is seen to be one")
    void membership_is_granted(Client alice, Client bob) {
        String room = room(alice, bob);

        affiliate(room, alice, bob, "member", "participant", alice, bob);

        Element list = alice.iq(getAffiliated(room, "member"));
        assertThat(list.child("query", ADMIN).orElseThrow().elements("item", ADMIN))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.attribute("jid")).contains(bob.account().toString()));
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.4",
            id = {"0045-9.4-2", "0045-9.5-2"},
            says = "who is a member no more leaves a room for members (321)")
    void a_former_member_leaves_a_room_for_members(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        affiliate(room, alice, bob, "member", "participant", alice, bob, kate);
        affiliate(room, alice, kate, "member", "participant", alice, bob, kate);
        configure(room, alice, option("membersonly", "1"), 104, alice, bob, kate);

        alice.iq(setAffiliation(room, bob.account(), "none"));

        bob.expect(self(room, "bob", 321).ofType("unavailable"));
        together(() -> alice.expect(goneFrom(room, "bob", 321)), () -> kate.expect(goneFrom(room, "bob", 321)));
        enterAs(room, bob, "bob");
        bob.expect(error("registration-required", "auth"));
    }

    @Story
    @Spec(xep = 45, section = "9.5", says = "a new member of a room for members who is not there is invited")
    void a_new_member_is_invited(Client alice, Client bob) {
        String room = room(
                alice,
                options(
                        option("membersonly", "1"),
                        option("passwordprotectedroom", "1"),
                        option("roomsecret", "toil")));

        alice.iq(setAffiliation(room, bob.account(), "member"));

        Element invitation = bob.expect(invitation(room));
        assertThat(invitation.child("x", USER).orElseThrow().childText("password"))
                .contains("toil");
        alice.expect(message().from(room));
        bob.send(enterRoomWithPassword(room, "bob", "toil"));
        entered(room, bob, alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.1",
            id = "0045-18.1-1",
            says = "who is not in the room is told of a new affiliation by a message with 101")
    void an_absent_user_is_told(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether who is not in the room is told is");
        String room = room(alice);

        alice.iq(setAffiliation(room, bob.account(), "admin"));

        bob.expect(message()
                .from(room)
                .that(roomStatus(101))
                .that(withItem(item().withAttribute("affiliation", "admin"))));
        alice.expect(message().from(room).that(withItem(item().withJid(bob.account()))));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.4",
            id = {"0045-10-1", "0045-10.2-5", "0045-10.3-2", "0045-10.4-1"},
            says = "the last owner remains one: conflict")
    void the_last_owner_remains(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.iqError(setAffiliation(room, alice.account(), "member"), "conflict");
        affiliate(room, alice, bob, "owner", "moderator", alice, bob);
        affiliate(room, alice, alice, "member", "participant", alice, bob);
        alice.iqError(getRoomConfiguration(room), "forbidden");
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.6",
            id = {"0045-10.6-1", "0045-10.7-1"},
            says = "an admin is a moderator, and is none any more when that is taken")
    void an_admin_comes_and_goes(Client alice, Client bob) {
        String room = room(alice, bob);

        affiliate(room, alice, bob, "admin", "moderator", alice, bob);
        alice.iq(setAffiliation(room, bob.account(), "none"));

        // which role is left is up to the service (section 5.1.3)
        for (Client client : List.of(alice, bob)) {
            client.expect(occupant(room, "bob").that(withItem(item().withAttribute("affiliation", "none"))));
        }
        seesMore(room, bob, alice, bob);
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.4",
            id = "0045-17.4-2",
            says = "an item has a role or an affiliation: with both it is a bad-request")
    void an_item_is_about_one_thing(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.iqError(administer(room, role("bob", "visitor").with("affiliation", "member")), "bad-request");
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.4",
            says = "an item that is malformed is a bad-request, a JID that is none jid-malformed")
    void items_that_make_no_sense_are_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of items that make no sense is");
        String room = room(alice, bob);

        alice.iqError(administer(room), "bad-request");
        alice.iqError(administer(room, role("bob", "king")), "bad-request");
        alice.iqError(administer(room, affiliation(bob.account(), "king")), "bad-request");
        alice.iqError(administer(room, role("bob", "visitor").with("affiliation", "member")), "bad-request");
        alice.iqError(administer(room, Element.of("item", ADMIN).with("nick", "bob")), "bad-request");
        alice.iqError(administer(room, Element.of("item", ADMIN).with("role", "visitor")), "bad-request");
        alice.iqError(administer(room, Element.of("item", ADMIN).with("affiliation", "member")), "bad-request");
        alice.iqError(administer(room, affiliation("a@@b", "member")), "jid-malformed");
        alice.iqError(administer(room, affiliation("example.org", "member")), "bad-request");
        alice.iqError(administer(room, Element.of("member", ADMIN)), "bad-request");
        bob.expectNothing();
    }

    @Story
    @RequiresFeature("urn:xmpp:message-moderate:1")
    @Spec(
            xep = 425,
            section = "4",
            says = "a moderator takes back what was said, all are told by whom and why, and nobody gets it any more")
    void a_moderator_takes_back_what_was_said(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        bob.send(groupchat(room, "DM me for free magic potions!"));
        bob.expect(said(room, "bob", "DM me for free magic potions!"));
        String id = alice.expect(said(room, "bob", "DM me for free magic potions!"))
                .child("stanza-id", "urn:xmpp:sid:0")
                .orElseThrow()
                .attribute("id", "");

        alice.iq(moderate(room, id, "Spam"));

        for (Client client : List.of(alice, bob)) {
            Element retract = client.expect(groupchat().from(room).withChild("retract", RETRACT))
                    .child("retract", RETRACT)
                    .orElseThrow();
            assertThat(retract.attribute("id")).contains(id);
            assertThat(retract.childText("reason")).contains("Spam");
            assertThat(retract.child("moderated", "urn:xmpp:message-moderate:1")
                            .orElseThrow()
                            .attribute("by"))
                    .contains(room + "/alice");
        }
        enterAs(room, kate, "kate");
        kate.expectAll(
                occupant(room, "alice"),
                occupant(room, "bob"),
                self(room, "kate"),
                groupchat().from(room + "/bob").withChild("retracted", RETRACT).withoutChild("body", "jabber:client"),
                roomSubject(room, ""));
        together(() -> alice.expect(occupant(room, "kate")), () -> bob.expect(occupant(room, "kate")));
    }

    private static final String RETRACT = "urn:xmpp:message-retract:1";

    private static Element moderate(String room, String id, String reason) {
        String ns = "urn:xmpp:message-moderate:1";
        return iqSet(
                room,
                Element.of("moderate", ns)
                        .with("id", id)
                        .with(Element.of("retract", RETRACT), Element.text("reason", ns, reason)));
    }

    @Story
    @RequiresFeature("urn:xmpp:message-moderate:1")
    @Spec(
            xep = 425,
            section = "3.2",
            says = "who is no moderator gets forbidden, what was never said is item-not-found")
    void only_moderators_moderate(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.send(groupchat(room, "Mine"));
        bob.expect(said(room, "alice", "Mine"));
        String id = alice.expect(said(room, "alice", "Mine"))
                .child("stanza-id", "urn:xmpp:sid:0")
                .orElseThrow()
                .attribute("id", "");

        bob.iqError(moderate(room, id, "No"), "forbidden");
        alice.iqError(moderate(room, "never", "No"), "item-not-found");
        bob.expectNothing();
    }

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 424, section = "5", says = "who said it takes it back, and nobody else does")
    void who_said_it_takes_it_back(Client alice, Client bob) {
        String room = room(alice, bob);
        bob.send(groupchat(room, "Wrong room"));
        alice.expect(said(room, "bob", "Wrong room"));
        String id = bob.expect(said(room, "bob", "Wrong room"))
                .child("stanza-id", "urn:xmpp:sid:0")
                .orElseThrow()
                .attribute("id", "");
        Element retract = Element.of("retract", RETRACT).with("id", id);

        alice.send(groupchat(room, "").without("body", "jabber:client").with(retract));
        alice.expect(error("forbidden", "auth"));
        bob.send(groupchat(room, "").without("body", "jabber:client").with(retract));

        together(
                () -> alice.expect(groupchat().from(room + "/bob").withChild("retract", RETRACT)),
                () -> bob.expect(groupchat().from(room + "/bob").withChild("retract", RETRACT)));
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.4",
            id = "0045-17.4-3",
            says = "a list of who has a role has nickname, role, affiliation and full JID")
    void a_list_of_moderators_has_all_of_it(Client alice, Client bob) {
        String room = room(alice, bob);

        var items = alice.iq(getWithRole(room, "moderator"))
                .child("query", ADMIN)
                .orElseThrow()
                .elements("item", ADMIN);

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.attribute("nick")).contains("alice");
            assertThat(item.attribute("role")).contains("moderator");
            assertThat(item.attribute("affiliation")).contains("owner");
            assertThat(item.attribute("jid")).contains(alice.jid().toString());
        });
    }
}
