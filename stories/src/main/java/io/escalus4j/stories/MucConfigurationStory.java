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

/** What rooms can be made to be, and what those in them are told of it. */
class MucConfigurationStory {
    private static Element formOf(String room, Client owner) {
        return owner.iq(getRoomConfiguration(room))
                .child("query", OWNER)
                .orElseThrow()
                .child("x", "jabber:x:data")
                .orElseThrow();
    }

    private static List<String> values(String room, Client owner, String name) {
        return formOf(room, owner).elements("field", "jabber:x:data").stream()
                .filter(field -> field.attribute("var", "").equals(name))
                .flatMap(field -> field.elements("value", "jabber:x:data").stream())
                .map(Element::text)
                .toList();
    }

    @Story
    @Spec(xep = 45, section = "16.5.3", says = "the form has all registered options")
    void the_form_has_all_options(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "which of the registered options there are is");
        String room = room(alice);

        var fields = formOf(room, alice).elements("field", "jabber:x:data").stream()
                .map(field -> field.attribute("var", ""))
                .toList();

        assertThat(fields)
                .contains("FORM_TYPE", "muc#maxhistoryfetch")
                .containsAll(List.of(
                        "muc#roomconfig_allowpm",
                        "muc#roomconfig_allowinvites",
                        "muc#roomconfig_changesubject",
                        "muc#roomconfig_enablelogging",
                        "muc#roomconfig_getmemberlist",
                        "muc#roomconfig_lang",
                        "muc#roomconfig_pubsub",
                        "muc#roomconfig_maxusers",
                        "muc#roomconfig_membersonly",
                        "muc#roomconfig_moderatedroom",
                        "muc#roomconfig_passwordprotectedroom",
                        "muc#roomconfig_persistentroom",
                        "muc#roomconfig_presencebroadcast",
                        "muc#roomconfig_publicroom",
                        "muc#roomconfig_roomadmins",
                        "muc#roomconfig_roomdesc",
                        "muc#roomconfig_roomname",
                        "muc#roomconfig_roomowners",
                        "muc#roomconfig_roomsecret",
                        "muc#roomconfig_whois"));
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2",
            id = "0045-10.2-2",
            says = "the form comes with what is set, and a form of some fields changes just those")
    void what_is_not_sent_stays_as_it_is(Client alice) {
        String room = room(alice, options(option("roomname", "Chess"), option("publicroom", "1")));

        configure(room, alice, option("roomdesc", "For all"), 104, alice);

        assertThat(values(room, alice, "muc#roomconfig_roomname")).containsExactly("Chess");
        assertThat(values(room, alice, "muc#roomconfig_publicroom")).containsAnyOf("1", "true");
        assertThat(values(room, alice, "muc#roomconfig_roomdesc")).containsExactly("For all");
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2",
            id = "0045-10.2-3",
            says = "a form that is cancelled changes nothing, the room stays")
    void a_cancelled_form_changes_nothing(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.iq(cancelRoomConfiguration(room));

        heard(room, bob, "Still here", alice, bob);
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2.1",
            id = "0045-10.2.1-1",
            says = "172 when all see everybody's JID from now on, 173 when they do not any more")
    void a_change_of_anonymity_is_told(Client alice, Client bob) {
        String room = room(alice, bob);

        configure(room, alice, option("whois", "anyone"), 172, alice, bob);
        configure(room, alice, option("whois", "moderators"), 173, alice, bob);
    }

    @Story
    @RequiresFeature("muc#roomconfig_enablelogging")
    @Spec(
            xep = 45,
            section = "10.2.1",
            id = "0045-10.2.1-1",
            says = "170 when the room is logged from now on, 171 when it is not any more")
    void a_change_of_logging_is_told(Client alice, Client bob) {
        String room = room(alice, bob);

        configure(room, alice, option("enablelogging", "1"), 170, alice, bob);
        configure(room, alice, option("enablelogging", "0"), 171, alice, bob);
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2",
            id = "0045-10.2-6",
            says = "who is no member leaves a room that is for members from now on (322)")
    void a_room_for_members_loses_all_others(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        affiliate(room, alice, kate, "member", "participant", alice, bob, kate);

        bob.ignore(configured(room)); // before or after, or never
        alice.iq(setRoomConfiguration(room, field("muc#roomconfig_membersonly", "1")));

        bob.expect(self(room, "bob", 322).ofType("unavailable"));
        alice.expectAll(goneFrom(room, "bob", 322), configured(room, 104));
        kate.expectAll(goneFrom(room, "bob", 322), configured(room, 104));
    }

    @Story
    @RequiresFeature({"muc#roomconfig_roomowners", "muc#roomconfig_roomadmins"})
    @Spec(
            xep = 45,
            section = "10.2",
            id = "0045-10.2-4",
            says = "owners and admins of the form are all there are; what changes is seen")
    void the_form_has_all_owners_and_admins(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(setRoomConfiguration(
                room,
                field("muc#roomconfig_roomadmins", kate.account()),
                field("muc#roomconfig_roomowners", alice.account(), bob.account())));

        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(
                    occupant(room, "bob", "owner", "moderator"),
                    occupant(room, "kate", "admin", "moderator"),
                    configured(room, 104));
        }
        bob.iq(setRoomConfiguration(room, field("muc#roomconfig_roomadmins")));
        for (Client client : List.of(alice, bob, kate)) {
            client.expectAll(occupant(room, "kate", "none", "participant"), configured(room, 104));
        }
    }

    @Story
    @RequiresFeature("muc#roomconfig_roomowners")
    @Spec(
            xep = 45,
            section = "10.2",
            id = {"0045-10-1", "0045-10.2-5"},
            says = "a form without an owner is a conflict")
    void a_room_keeps_an_owner(Client alice) {
        String room = room(alice);

        alice.iqError(setRoomConfiguration(room, field("muc#roomconfig_roomowners")), "conflict");

        assertThat(values(room, alice, "muc#roomconfig_roomowners"))
                .containsExactly(alice.account().toString());
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2",
            id = "0045-10.2-1",
            says = "who is no owner gets forbidden, for the form and for what it says")
    void only_owners_configure(Client alice, Client bob) {
        String room = room(alice, bob);
        affiliate(room, alice, bob, "admin", "moderator", alice, bob);

        bob.iqError(getRoomConfiguration(room), "forbidden");
        bob.iqError(setRoomConfiguration(room, field("muc#roomconfig_roomname", "Mine")), "forbidden");
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 4,
            section = "3",
            says =
                    "a form that is none, a field that is unknown, a value of the wrong type: bad-request, and nothing changes")
    void forms_that_make_no_sense_are_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of forms that make no sense is");
        String room = room(alice, option("roomname", "Chess"), bob);
        var before = formOf(room, alice);

        for (Element field : List.of(
                field("muc#roomconfig_color", "green"),
                field("muc#roomconfig_membersonly", "perhaps"),
                field("muc#roomconfig_membersonly", "1", "0"),
                field("muc#roomconfig_whois", "nobody"),
                field("muc#maxhistoryfetch", "many"),
                field("muc#roomconfig_presencebroadcast", "king"))) {
            alice.iqError(setRoomConfiguration(room, field("muc#roomconfig_roomname", "New"), field), "bad-request");
        }
        alice.iqError(iqSet(room, Element.of("query", OWNER)), "bad-request");
        alice.iqError(
                iqSet(room, Element.of("query", OWNER).with(form("urn:example:else", field("a", "b")))), "bad-request");
        alice.iqError(
                iqSet(
                        room,
                        Element.of("query", OWNER)
                                .with(Element.of("x", "jabber:x:data").with("type", "dance"))),
                "bad-request");
        alice.iqError(setRoomConfiguration(room, field("muc#roomconfig_roomadmins", "a@@b")), "jid-malformed");
        alice.iqError(setRoomConfiguration(room, field("muc#roomconfig_maxusers", "999999")), "not-acceptable");

        assertThat(formOf(room, alice)).isEqualTo(before);
        bob.expectNothing();
    }

    @Story
    @RequiresFeature("muc#roomconfig_presencebroadcast")
    @Spec(xep = 45, section = "7.2.2", id = "0045-7.2.2-3", says = "the room may not show who has a role")
    void a_room_may_hide_participants(Client alice, Client bob, Client kate) {
        String room = room(alice, option("presencebroadcast", "moderator"));

        enterAs(room, bob, "bob");
        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));
        enterAs(room, kate, "kate");
        kate.expectAll(occupant(room, "alice"), self(room, "kate"), roomSubject(room, ""));
        alice.expectNothing();
        alice.iq(setRole(room, "bob", "moderator"));
        together(
                () -> alice.expect(occupant(room, "bob", "none", "moderator")),
                () -> bob.expect(occupant(room, "bob", "none", "moderator")),
                () -> kate.expect(occupant(room, "bob", "none", "moderator")));
    }

    @Story
    @Spec(xep = 45, section = "4.2", says = "in a room that is not moderated any more everybody has a voice")
    void an_unmoderated_room_gives_all_a_voice(Client alice, Client bob) {
        String room = room(alice, option("moderatedroom", "1"), bob);
        silence(room, alice, bob, alice, bob);

        configure(room, alice, option("moderatedroom", "0"), 104, alice, bob);

        for (Client client : List.of(alice, bob)) {
            overhear(room, client, occupant(room, "bob", "none", "participant"));
        }
        heard(room, bob, "At last", alice, bob);
    }

    @Story
    @RequiresFeature("muc#roomconfig_getmemberlist")
    @Spec(xep = 45, section = "9.5", says = "who may get the list of members is set")
    void who_gets_the_list_of_members_is_set(Client alice, Client bob) {
        String room = room(
                alice, options(option("whois", "anyone"), option("getmemberlist", "moderator", "participant")), bob);
        bob.iq(getAffiliated(room, "member"));

        configure(room, alice, option("getmemberlist", "moderator"), 104, alice, bob);

        bob.iqError(getAffiliated(room, "member"), "forbidden");
    }
}
