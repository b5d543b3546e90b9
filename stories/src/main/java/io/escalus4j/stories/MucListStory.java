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
import java.util.List;
import java.util.Locale;

/** What the lists of a room have in them, how they are changed, and what follows from that. */
class MucListStory {
    private static List<Element> listed(Client client, Element request) {
        return client.iq(request).child("query", ADMIN).orElseThrow().elements("item", ADMIN);
    }

    private static List<String> summed(List<Element> items, String... attributes) {
        return items.stream()
                .map(item -> String.join(
                        " ",
                        java.util.Arrays.stream(attributes)
                                .map(name -> item.attribute(name, "-"))
                                .toList()))
                .toList();
    }

    // ---- what is in them

    @Story
    @Spec(
            xep = 45,
            section = "8.5",
            id = {"0045-8.5-1", "0045-9.8-1"},
            says = "the lists of who has a voice and of who moderates have nickname and role of each")
    void lists_of_roles_have_nickname_and_role(Client alice, Client bob, Client kate) {
        String room = room(alice, option("moderatedroom", "1"), bob, kate);
        silence(room, alice, bob, alice, bob, kate);
        silence(room, alice, kate, alice, bob, kate);
        alice.iq(setRole(room, "kate", "participant"));
        for (Client client : List.of(alice, bob, kate)) {
            client.expect(occupant(room, "kate", "none", "participant"));
        }

        assertThat(summed(listed(alice, getWithRole(room, "participant")), "nick", "role"))
                .containsExactly("kate participant");
        assertThat(summed(listed(alice, getWithRole(room, "visitor")), "nick", "role"))
                .containsExactly("bob visitor");
        assertThat(summed(listed(alice, getWithRole(room, "moderator")), "nick", "role"))
                .containsExactly("alice moderator");
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.5",
            id = {"0045-10.5-2", "0045-10.8-2", "0045-17.4-4", "0045-17.4-5"},
            says = "the lists of owners and admins have affiliation and bare JID of each, and no role")
    void lists_of_affiliations_have_the_bare_jid(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        affiliateAbsent(room, alice, kate, "admin");

        assertThat(summed(listed(alice, getAffiliated(room, "owner")), "affiliation", "jid", "role"))
                .containsExactly("owner " + alice.account() + " -");
        assertThat(summed(listed(alice, getAffiliated(room, "admin")), "affiliation", "jid", "role"))
                .containsExactly("admin " + kate.account() + " -");
        assertThat(listed(alice, getAffiliated(room, "outcast"))).isEmpty();
    }

    // ---- how they change

    @Story
    @Spec(
            xep = 45,
            section = "9.8",
            id = {"0045-9.6-1", "0045-9.7-2", "0045-9.8-2"},
            says = "the list of moderators is changed item by item, and all are told who is one now")
    void moderators_come_and_go_several_at_once(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        alice.iq(administer(room, role("bob", "moderator")));
        for (Client client : List.of(alice, bob, kate)) {
            client.expect(occupant(room, "bob", "none", "moderator"));
        }

        alice.iq(administer(room, role("bob", "participant"), role("kate", "moderator")));

        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(occupant(room, "bob", "none", "participant"), occupant(room, "kate", "none", "moderator"));
        }
        assertThat(summed(listed(alice, getWithRole(room, "moderator")), "nick"))
                .containsExactlyInAnyOrder("alice", "kate");
    }

    @Story
    @Spec(
            xep = 45,
            section = "9.8",
            id = {"0045-8.5-3", "0045-9.7-3", "0045-9.8-3"},
            says = "where a list takes voice or status from an admin or owner all of the change is not-allowed")
    void who_is_always_a_moderator_stays_one(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        affiliate(room, alice, bob, "admin", "moderator", alice, bob, kate);

        for (String less : List.of("participant", "visitor")) {
            bob.iqError(administer(room, role("kate", "moderator"), role("alice", less)), "not-allowed");
        }
        // nobody takes the voice of an admin (section 8.4); whether an owner takes the status is left open (5.1.3, 9.7)
        alice.iqError(administer(room, role("kate", "moderator"), role("bob", "visitor")), "not-allowed");

        together(alice::expectNothing, kate::expectNothing);
        assertThat(summed(listed(alice, getWithRole(room, "moderator")), "nick"))
                .containsExactlyInAnyOrder("alice", "bob");
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.5",
            id = {"0045-10.5-5", "0045-10.8-4", "0045-10.4-1", "0045-10.6-1"},
            says = "the lists of owners and admins are changed item by item, and all are told who is what now")
    void owners_and_admins_come_and_go_several_at_once(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(administer(room, affiliation(bob.account(), "owner"), affiliation(kate.account(), "admin")));

        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(occupant(room, "bob", "owner", "moderator"), occupant(room, "kate", "admin", "moderator"));
        }
        bob.iq(administer(room, affiliation(alice.account(), "admin"), affiliation(kate.account(), "none")));
        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(
                    occupant(room, "alice", "admin", "moderator"), occupant(room, "kate", "none", "participant"));
        }
        assertThat(summed(listed(bob, getAffiliated(room, "owner")), "jid"))
                .containsExactly(bob.account().toString());
        assertThat(summed(listed(bob, getAffiliated(room, "admin")), "jid"))
                .containsExactly(alice.account().toString());
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.5",
            id = {"0045-10.5-3", "0045-10.8-3"},
            says = "who is no owner changes neither list: forbidden")
    @Spec(
            xep = 45,
            section = "10.5",
            id = "0045-10.5-4",
            says = "the last owner does not go, also not by a list: conflict")
    void nobody_but_owners_changes_owners_and_admins(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        affiliate(room, alice, kate, "admin", "moderator", alice, bob, kate);

        for (String more : List.of("owner", "admin")) {
            kate.iqError(administer(room, affiliation(bob.account(), more)), "forbidden");
            bob.iqError(administer(room, affiliation(bob.account(), more)), "forbidden");
        }
        kate.iqError(administer(room, affiliation(alice.account(), "none")), "forbidden");
        alice.iqError(
                administer(room, affiliation(bob.account(), "admin"), affiliation(alice.account(), "member")),
                "conflict");

        together(alice::expectNothing, bob::expectNothing, kate::expectNothing);
    }

    // ---- what follows

    @Story
    @Spec(
            xep = 45,
            section = "9.4",
            id = "0045-9.4-3",
            says = "who loses membership in an open room stays, and all are told of the loss")
    void a_former_member_stays_in_an_open_room(Client alice, Client bob) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "member", "participant", alice, bob);

        alice.iq(setAffiliation(room, bob.account(), "none"));

        for (Client client : List.of(alice, bob)) {
            client.expect(occupant(room, "bob", "none", "participant"));
        }
        heard(room, bob, "Still here", alice, bob);
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.3",
            id = "0045-17.3-8",
            says = "what somebody has become is in all later presence, also in what who enters later gets")
    void what_somebody_has_become_is_in_all_later_presence(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "admin", "moderator", alice, bob);

        bob.send(directedPresence(room + "/bob").with(Element.text("show", "jabber:client", "away")));

        together(
                () -> alice.expect(occupant(room, "bob", "admin", "moderator").withShow("away")),
                () -> bob.expect(occupant(room, "bob", "admin", "moderator").withShow("away")));
        enterAs(room, kate, "kate");
        kate.expectAll(
                occupant(room, "alice"),
                occupant(room, "bob", "admin", "moderator").withShow("away"),
                self(room, "kate"),
                roomSubject(room, ""));
        together(() -> alice.expect(occupant(room, "kate")), () -> bob.expect(occupant(room, "kate")));
    }

    @Story
    @RequiresFeature("x-lock_nicks")
    @Spec(
            xep = 45,
            section = "18.1",
            id = "0045-18.1-2",
            says = "a nickname that is locked is reserved: nobody else has it, and its owner is told which it is")
    void a_locked_nickname_is_reserved(Client alice, Client bob, Client kate) {
        String room = room(alice, option("x-lock_nicks", "1"));
        alice.iq(administer(room, affiliation(bob.account(), "member").with("nick", "robert")));
        alice.expect(message().from(room));
        bob.expect(message().from(room));

        kate.send(enterRoom(room, "robert"));
        kate.expect(error("conflict"));
        assertThat(bob.iq(iqGet(room, Element.of("query", INFO).with("node", "x-roomuser-item")))
                        .toXml())
                .contains("name='robert'");
        bob.send(enterRoom(room, "bob"));
        bob.expectAll(occupant(room, "alice"), self(room, "robert", 210), roomSubject(room, ""));
        alice.expect(occupant(room, "robert"));
    }

    @Story
    @Spec(xep = 45, section = "17.1", id = "0045-17.1-2", says = "a room is the same however its address is written")
    void a_room_is_the_same_however_its_address_is_written(Client alice, Client bob) {
        String room = room(alice);
        ignoresTheRoomItself(room, bob);

        bob.send(enterRoom(room.toUpperCase(Locale.ROOT), "bob"));

        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        alice.expect(occupant(room, "bob"));
    }
}
