package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoItems;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.stories.server.OwnServer;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What can be set about rooms without presence, one option after the other; each changes the server. */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class MucLightOptionsStory {
    @Story
    @Spec(
            proposal = "MUC Light",
            section = "2",
            says = "where all are equal nobody owns a room, and nobody destroys it")
    void where_all_are_equal_nobody_owns_a_room(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "equal_occupants", true);
        String room = noRoom(alice);
        alice.iqError(createLightRoom(room, owner(bob)), "bad-request");

        alice.iq(createLightRoom(room, member(bob)));

        alice.expect(affiliationNotice(room, lightUser(alice, "member")));
        bob.expect(affiliationNotice(room, lightUser(bob, "member")));
        alice.iqError(destroyLightRoom(room), "not-allowed");
        alice.iqError(setLightAffiliations(room, none(bob)), "not-allowed");
        alice.iq(leaveLightRoom(room, alice));
        alice.expect(affiliationNotice(room, lightUser(alice, "none")));
        bob.expect(affiliationNotice(room, lightUser(alice, "none")));
        assertThat(occupants(room, bob)).containsExactly(as(bob, "member"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            says = "who is in as many rooms as may be makes no other, and is added to none")
    void a_user_may_be_in_so_many_rooms(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "rooms_per_user", 1);
        room(bob);
        String room = room(alice);

        alice.iqError(createLightRoom(noRoom(alice)), "bad-request");
        alice.iq(setLightAffiliations(room, member(bob)));

        bob.expectNothing();
        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.2", says = "a room that is full takes nobody more")
    void a_room_may_have_so_many_occupants(Client alice, Client bob, Client kate, WhiteBox server) {
        server.modules().set("muclight", "max_occupants", 2);
        alice.iqError(createLightRoom(noRoom(alice), member(bob), member(kate)), "bad-request");
        String room = room(alice, bob);

        alice.iqError(setLightAffiliations(room, member(kate)), "bad-request");
        alice.iq(setLightAffiliations(room, member(kate), none(bob)));

        alice.expect(affiliationNotice(room, lightUser(kate, "member"), lightUser(bob, "none")));
        kate.expect(affiliationNotice(room, lightUser(kate, "member")));
        bob.expect(affiliationNotice(room, lightUser(bob, "none")));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5", says = "a service may have no blocking")
    void a_service_may_have_no_blocking(Client alice, WhiteBox server) {
        server.modules().set("muclight", "blocking", false);

        alice.iqError(getLightBlocking(service(alice)), "bad-request");
        alice.iqError(setLightBlocking(service(alice), denyRoom(noRoom(alice))), "bad-request");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5", says = "a list has an end")
    void a_list_of_whom_to_block_has_an_end(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "max_blocked", 1);
        alice.iq(setLightBlocking(service(alice), denyUser(bob)));

        alice.iqError(setLightBlocking(service(alice), denyRoom(noRoom(alice))), "policy-violation");
        alice.iq(setLightBlocking(service(alice), allowUser(bob), denyRoom(noRoom(alice))));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.3", says = "members may be let set all of the configuration")
    void members_may_configure(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "all_can_configure", true);
        String room = room(alice, bob);

        bob.iq(setLightConfiguration(room, setting("roomname", "Ours"), setting("subject", "All")));

        for (Client client : List.of(alice, bob)) {
            client.expect(configurationNotice(room, lightSetting("roomname", "Ours"), lightSetting("subject", "All")));
        }
        bob.iqError(destroyLightRoom(room), "not-allowed");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.2", says = "members may be let add members, and nothing else")
    void members_may_invite(Client alice, Client bob, Client kate, WhiteBox server) {
        server.modules().set("muclight", "all_can_invite", true);
        String room = room(alice, bob);
        bob.iqError(setLightAffiliations(room, owner(kate)), "not-allowed");
        bob.iqError(setLightAffiliations(room, member(kate), none(alice)), "not-allowed");

        bob.iq(setLightAffiliations(room, member(kate)));

        for (Client client : List.of(alice, bob, kate)) {
            client.expect(affiliationNotice(room, lightUser(kate, "member")));
        }
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.3",
            says = "fields have names, types and defaults; those with a meaning may be called otherwise")
    void a_room_says_for_itself_what_members_may(Client alice, Client bob, Client kate, WhiteBox server) {
        server.modules()
                .set(
                        "muclight",
                        "config_schema",
                        List.of(
                                "title:string=Untitled:roomname",
                                "open:boolean=false:all_can_invite",
                                "size:integer=8"));
        String room = noRoom(alice);
        alice.iq(createLightRoom(room, member(bob)));
        alice.expect(affiliationNotice(room, lightUser(alice, "owner")));
        bob.expect(affiliationNotice(room, lightUser(bob, "member")));
        assertThat(configured(room, alice, "title")).isEqualTo("Untitled");
        assertThat(configured(room, alice, "size")).isEqualTo("8");
        alice.iqError(setLightConfiguration(room, setting("open", "perhaps")), "bad-request");
        alice.iqError(setLightConfiguration(room, setting("size", "big")), "bad-request");
        alice.iqError(setLightConfiguration(room, setting("roomname", "Chess")), "bad-request");
        bob.iqError(setLightAffiliations(room, member(kate)), "not-allowed");

        alice.iq(setLightConfiguration(room, setting("open", "true"), setting("title", "Chess")));

        for (Client client : List.of(alice, bob)) {
            client.expect(configurationNotice(room, lightSetting("open", "true"), lightSetting("title", "Chess")));
        }
        bob.iq(setLightAffiliations(room, member(kate)));
        for (Client client : List.of(alice, bob, kate)) {
            client.expect(affiliationNotice(room, lightUser(kate, "member")));
        }
        assertThat(alice.iq(getDiscoItems(service(alice))).toXml()).contains("name='Chess'");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "3.2", says = "rooms are listed so many at a time")
    void rooms_are_listed_so_many_at_a_time(Client alice, WhiteBox server) {
        server.modules().set("muclight", "rooms_per_page", 2);
        room(alice);
        room(alice);
        room(alice);

        Element answer = alice.iq(getDiscoItems(service(alice)));

        assertThat(answer.firstElement().orElseThrow().elements("item", "http://jabber.org/protocol/disco#items"))
                .hasSize(2);
        assertThat(answer.toXml()).contains("<count>3</count>");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "6.1", says = "the rooms of a user may stand in the user's roster")
    void rooms_may_stand_in_rosters(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "rooms_in_rosters", true);
        String room = room(alice, bob);

        Element item = bob.iq(iqGet(Element.of("query", "jabber:iq:roster")))
                .firstElement()
                .flatMap(query -> query.elements().stream()
                        .filter(one -> one.attribute("jid", "").equals(room))
                        .findFirst())
                .orElseThrow();

        assertThat(item.attribute("name")).contains("Chess");
        assertThat(item.attribute("subscription")).contains("to");
        assertThat(item.childText("group")).contains("urn:xmpp:muclight:0");
        assertThat(item.childText("version")).contains(version(room, bob));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.2", says = "a room may be let have several owners")
    void a_room_may_have_several_owners(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "allow_multiple_owners", true);
        String room = room(alice, bob);

        alice.iq(setLightAffiliations(room, owner(bob)));

        for (Client client : List.of(alice, bob)) {
            client.expect(affiliationNotice(room, lightUser(bob, "owner")));
        }
        assertThat(occupants(room, alice)).containsExactlyInAnyOrder(as(alice, "owner"), as(bob, "owner"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            says = "where nobody follows by itself a last owner must name one to go")
    void a_last_owner_may_have_to_stay(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muclight", "promote_on_last_owner_leave", false);
        String room = room(alice, bob);
        alice.iqError(leaveLightRoom(room, alice), "bad-request");

        alice.iq(setLightAffiliations(room, none(alice), owner(bob)));

        alice.expect(affiliationNotice(room, lightUser(alice, "none")));
        bob.expect(affiliationNotice(room, lightUser(alice, "none"), lightUser(bob, "owner")));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "2", says = "rooms are where the server wants them, and in memory or not")
    void rooms_are_where_the_server_wants_them(Client alice, WhiteBox server) {
        server.modules().set("muclight", java.util.Map.of("host", "clubs", "cached_rooms", 1));
        String first = "first@clubs." + alice.jid().domain();
        String second = "second@clubs." + alice.jid().domain();
        for (String room : List.of(first, second)) {
            alice.iq(createLightRoom(room));
            alice.expect(affiliationNotice(room, lightUser(alice, "owner")));
        }

        for (String room : List.of(first, second)) {
            alice.send(groupchat(room, "Here"));
            alice.expect(groupchat("Here").from(room + '/' + alice.account()));
        }
        assertThat(alice.iq(getDiscoItems(alice.jid().domain())).toXml()).contains("clubs.");
    }
}
