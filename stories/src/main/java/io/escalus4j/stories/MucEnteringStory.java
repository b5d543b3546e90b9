package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;

/** Who gets into a room, and what is told then. */
class MucEnteringStory {
    private static Matcher withoutJid() {
        return withItem(item().withoutAttribute("jid"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.2",
            id = {
                "0045-5.1-1",
                "0045-5.1-2",
                "0045-5.2-1",
                "0045-5.2-2",
                "0045-7.2.2-1",
                "0045-7.2.2-3",
                "0045-7.2.15-2"
            },
            says = "who enters is told who is there, and those who are there are told who enters")
    void who_enters_and_who_is_there_see_each_other(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        enterAs(room, kate, "kate");

        together(
                () -> alice.expect(occupant(room, "kate", "none", "participant")),
                () -> bob.expect(occupant(room, "kate", "none", "participant")));
        kate.expectAll(
                occupant(room, "alice", "owner", "moderator"),
                occupant(room, "bob", "none", "participant"),
                self(room, "kate"),
                roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.1",
            id = {"0045-7.2.16-1", "0045-7.1-1", "0045-7.2.2-5", "0045-7.2.2-7", "0045-7.2.13-1", "0045-7.2.13-3"},
            says = "others' presence, one's own, history, the subject: in this order")
    void all_comes_in_its_order(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        alice.send(groupchat(room, "Before"));
        together(() -> alice.expect(said(room, "alice", "Before")), () -> bob.expect(said(room, "alice", "Before")));
        alice.send(setSubject(room, "Chess"));
        together(() -> alice.expect(roomSubject(room, "Chess")), () -> bob.expect(roomSubject(room, "Chess")));

        enterAs(room, kate, "kate");

        Element last = kate.expect(roomSubject(room, "Chess"));
        Element history = kate.expect(said(room, "alice", "Before"));
        Element own = kate.expect(self(room, "kate"));
        Element hers = kate.expect(occupant(room, "alice"));
        Element his = kate.expect(occupant(room, "bob"));
        assertThat(kate.received())
                .endsWith(own, history, last)
                .containsSubsequence(hers, own)
                .containsSubsequence(his, own);
        together(() -> alice.expect(occupant(room, "kate")), () -> bob.expect(occupant(room, "kate")));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.2",
            id = "0045-7.2.2-4",
            says = "one's own presence has the code 110, nobody else's has")
    void ones_own_presence_is_marked(Client alice, Client bob) {
        String room = room(alice);

        enterAs(room, bob, "bob");

        bob.expect(self(room, "bob"));
        bob.expect(occupant(room, "alice").that(withoutStatus(110)));
        bob.expect(roomSubject(room, ""));
        alice.expect(occupant(room, "bob").that(withoutStatus(110)));
    }

    @Story
    @Spec(xep = 45, section = "7.2.1", id = "0045-7.2.1-2", says = "without a nickname the answer is jid-malformed")
    void nobody_enters_without_a_nickname(Client alice, Client bob) {
        String room = room(alice);

        bob.send(directedPresence(room).with(Element.of("x", "http://jabber.org/protocol/muc")));

        bob.expect(error("jid-malformed", "modify").from(room));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.3",
            id = {"0045-7.2.3-1", "0045-7.2.3-2", "0045-14.5-1", "0045-17.3-7"},
            says = "in a non-anonymous room everybody is told everybody's full JID, and who enters is warned (100)")
    void a_non_anonymous_room_shows_everybody(Client alice, Client bob, Client kate) {
        String room = room(alice, option("whois", "anyone"));

        enterAs(room, bob, "bob");

        bob.expect(self(room, "bob", 100));
        bob.expect(occupant(room, "alice").that(withItem(item().withJid(alice))));
        bob.expect(roomSubject(room, ""));
        alice.expect(occupant(room, "bob").that(withItem(item().withJid(bob))));
        enterAs(room, kate, "kate");
        bob.expect(occupant(room, "kate").that(withItem(item().withJid(kate))));
        alice.expect(occupant(room, "kate").that(withItem(item().withJid(kate))));
        kate.expectAll(occupant(room, "alice"), occupant(room, "bob"), self(room, "kate", 100), roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.4",
            id = {"0045-7.2.4-1", "0045-7.2.4-2"},
            says = "in a semi-anonymous room the full JID goes to moderators, and to nobody else")
    void a_semi_anonymous_room_shows_moderators_who_it_is(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        enterAs(room, kate, "kate");

        alice.expect(occupant(room, "kate").that(withItem(item().withJid(kate))));
        bob.expect(occupant(room, "kate").that(withoutJid()));
        kate.expect(occupant(room, "alice").that(withoutJid()));
        kate.expect(occupant(room, "bob").that(withoutJid()));
        kate.expect(self(room, "kate").that(withoutStatus(100)));
        kate.expect(roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.5",
            id = "0045-7.2.5-1",
            says = "without the password, or with another, the answer is not-authorized")
    void a_password_is_needed_where_one_is_set(Client alice, Client bob) {
        String room = room(alice, options(option("passwordprotectedroom", "1"), option("roomsecret", "cauldronburn")));

        enterAs(room, bob, "bob");
        bob.expect(error("not-authorized", "auth").from(room + "/bob"));
        bob.send(enterRoomWithPassword(room, "bob", "cauldron"));
        bob.expect(error("not-authorized", "auth"));
        alice.expectNothing();
        bob.send(enterRoomWithPassword(room, "bob", "cauldronburn"));
        entered(room, bob, alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.6",
            id = "0045-7.2.6-1",
            says = "who is no member of a members-only room gets registration-required")
    void members_enter_a_room_for_members_and_nobody_else(Client alice, Client bob, Client kate) {
        String room = room(alice, option("membersonly", "1"));
        affiliateAbsent(room, alice, bob, "member");

        enterAs(room, kate, "kate");
        kate.expect(error("registration-required", "auth"));
        enter(room, bob, alice);
    }

    @Story
    @Spec(xep = 45, section = "7.2.7", id = "0045-7.2.7-1", says = "who is banned gets forbidden")
    void an_outcast_stays_out(Client alice, Client bob) {
        String room = room(alice);
        affiliateAbsent(room, alice, bob, "outcast");

        enterAs(room, bob, "bob");

        bob.expect(error("forbidden", "auth").from(room + "/bob"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.8",
            id = "0045-7.2.8-1",
            says = "a nickname that another user has is refused with conflict")
    void nobody_takes_anothers_nickname(Client alice, Client bob) {
        String room = room(alice);

        enterAs(room, bob, "alice");

        bob.expect(error("conflict", "cancel").from(room + "/alice"));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 45, section = "7.2.8", says = "of several who want one nickname at the same time one gets it")
    void of_two_who_want_one_nickname_one_gets_it(Client alice, Client bob, Client kate) {
        String room = room(alice);

        together(() -> enterAs(room, bob, "queen"), () -> enterAs(room, kate, "queen"));

        Element queen = alice.expect(occupant(room, "queen"));
        boolean isBob = queen.toXml().contains(bob.jid().toString());
        Client winner = isBob ? bob : kate;
        winner.expectAll(occupant(room, "alice"), self(room, "queen"), roomSubject(room, ""));
        (isBob ? kate : bob).expect(error("conflict", "cancel"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.8",
            id = "0045-7.2.8-2",
            says = "another resource of the same user enters under the same nickname")
    void two_devices_of_one_user_share_a_nickname(Client alice, Client bob, Client bob2) {
        String room = room(alice, bob);

        enterAs(room, bob2, "bob");

        bob2.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        bob.expect(occupant(room, "bob"));
        alice.expect(occupant(room, "bob"));
        alice.send(groupchat(room, "Both of you?"));
        together(
                () -> alice.expect(said(room, "alice", "Both of you?")),
                () -> bob.expect(said(room, "alice", "Both of you?")),
                () -> bob2.expect(said(room, "alice", "Both of you?")));
        bob2.send(groupchat(room, "Both"));
        together(
                () -> alice.expect(said(room, "bob", "Both")),
                () -> bob.expect(said(room, "bob", "Both")),
                () -> bob2.expect(said(room, "bob", "Both")));
    }

    @Story
    @RequiresFeature("muc#roomconfig_maxusers")
    @Spec(
            xep = 45,
            section = "7.2.9",
            id = "0045-7.2.9-1",
            says = "a full room answers service-unavailable, but lets its owner in")
    void a_full_room_takes_owners_only(Client alice, Client bob, Client kate) {
        String room = room(alice, option("maxusers", "1"));

        enterAs(room, kate, "kate");
        kate.expect(error("service-unavailable", "cancel"));
        affiliateAbsent(room, alice, bob, "owner");
        enter(room, bob, alice);
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.10",
            id = {"0045-7.2.10-1", "0045-10.1.1-3"},
            says = "a room that is not made yet is not there for others: item-not-found")
    void a_locked_room_is_not_there(Client alice, Client bob) {
        String room = newRoom(alice);

        enterAs(room, bob, "bob");

        bob.expect(error("item-not-found", "cancel"));
        alice.expectNothing();
    }

    @Story
    @RequiresFeature("muc#roomconfig_enablelogging")
    @Spec(
            xep = 45,
            section = "7.2.12",
            id = {"0045-7.2.12-1", "0045-14.3-1"},
            says = "who enters a room that is logged is warned (170)")
    void who_enters_a_logged_room_is_warned(Client alice, Client bob) {
        String room = room(alice, option("enablelogging", "1"));

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice"), self(room, "bob", 170), roomSubject(room, ""));
        alice.expect(occupant(room, "bob").that(withoutStatus(170)));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.18",
            id = "0045-7.2.18-1",
            says = "presence without <x/> of somebody who is not in the room is answered with a kick: 110, 307, 333")
    void groupchat_1_0_does_not_enter(Client alice, Client bob) {
        String room = room(alice);

        bob.send(directedPresence(room + "/bob"));

        bob.expect(self(room, "bob", 307, 333).ofType("unavailable"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.3",
            id = {"0045-17.3-1", "0045-17.3-2"},
            says = "presence with another type neither enters a room nor leaves it")
    void a_probe_does_not_enter_and_does_not_leave(Client alice, Client bob) {
        String room = room(alice);

        bob.ignore(error()); // a probe of who is not in the room may be refused
        bob.send(directedPresence(room + "/bob").with("type", "probe"));
        alice.send(directedPresence(room + "/alice").with("type", "probe"));
        overhear(room, alice, occupant(room, "alice"));
        bob.expectNothing();
        alice.send(groupchat(room, "Still here"));
        alice.expect(said(room, "alice", "Still here"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.1",
            id = "0045-17.3-3",
            says = "who is in the room and enters once more gets all of it once more")
    void who_has_lost_track_gets_all_again(Client alice, Client bob) {
        String room = room(alice, bob);

        enterAs(room, bob, "bob");

        bob.expectAll(occupant(room, "alice", "owner", "moderator"), self(room, "bob"), roomSubject(room, ""));
        alice.expect(occupant(room, "bob"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.3",
            id = {"0045-7.2.2-2", "0045-17.3-5"},
            says = "what a client says in the room's name is not passed on")
    void forged_marks_of_a_room_do_not_get_through(Client alice, Client bob) {
        String room = room(alice);
        Element forged = Element.of("x", USER)
                .with(Element.of("item", USER).with("affiliation", "owner").with("role", "moderator"))
                .with(Element.of("status", USER).with("code", "301"));

        ignoresTheRoomItself(room, bob);
        bob.send(enterRoom(room, "bob").with(forged));

        Element seen = alice.expect(occupant(room, "bob", "none", "participant").that(withoutStatus(301)));
        assertThat(seen.elements("x", USER)).hasSize(1);
        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.14",
            id = {"0045-7.14-1", "0045-7.14-2", "0045-7.14-3", "0045-17.3-6"},
            says = "who leaves is told so (110), the others with the role none")
    void who_leaves_is_seen_to_leave(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        bob.send(leaveRoom(room, "bob").with(Element.of("status").withText("Gone to tea")));

        Matcher none = withItem(item().withAttribute("role", "none").withAttribute("affiliation", "none"));
        bob.expect(self(room, "bob").ofType("unavailable").that(none));
        alice.expect(goneFrom(room, "bob").withStatus("Gone to tea").that(none));
        kate.expect(goneFrom(room, "bob")
                .withStatus("Gone to tea")
                .that(none)
                .that(withItem(item().withoutAttribute("jid"))));
    }

    @Story
    @Spec(xep = 45, section = "7.14", says = "who goes offline leaves all rooms")
    void who_disconnects_leaves(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.close();

        alice.expect(goneFrom(room, "bob"));
    }

    @Story
    @Spec(xep = 45, section = "7.14", says = "of two resources under one nickname one leaves, and the occupant stays")
    void one_of_two_devices_leaves(Client alice, Client bob, Client bob2) {
        String room = room(alice, bob);
        enterAs(room, bob2, "bob");
        bob2.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        bob.expect(occupant(room, "bob"));
        alice.expect(occupant(room, "bob"));

        bob.send(leaveRoom(room, "bob"));

        bob.expect(self(room, "bob").ofType("unavailable"));
        // that it is the other one from now on may be shown
        overhear(room, alice, occupant(room, "bob").ofType("available"));
        overhear(room, bob2, occupant(room, "bob").ofType("available"));
        alice.expectNothing();
        bob2.send(groupchat(room, "Still here"));
        together(
                () -> alice.expect(said(room, "bob", "Still here")),
                () -> bob2.expect(said(room, "bob", "Still here")));
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.3",
            id = "0045-17.3-4",
            says = "unavailable presence of who is not in the room is ignored")
    void who_is_not_in_the_room_does_not_leave_it(Client alice, Client bob) {
        String room = room(alice);

        bob.send(leaveRoom(room, "alice"));

        bob.expectNothing();
        alice.expectNothing();
    }
}
