package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;

/** How rooms without presence begin and end. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightRoomStory {
    private static final String AFFILIATIONS = "urn:xmpp:muclight:0#affiliations";

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            id = "muclight-5.1-1",
            says = "each initial occupant is told its own affiliation and the version")
    void a_room_tells_each_occupant_what_it_is(Client alice, Client bob, Client kate) {
        String room = noRoom(alice);
        Element request = createLightRoom(room, setting("roomname", "Chess"), member(bob), member(kate));

        alice.iq(request);

        String id = request.attribute("id", "");
        alice.expect(affiliationNotice(room, lightUser(alice, "owner")).withId(id));
        bob.expect(affiliationNotice(room, lightUser(bob, "member")).withId(id));
        Element notice =
                kate.expect(affiliationNotice(room, lightUser(kate, "member")).withId(id));
        Element x = notice.child("x", AFFILIATIONS).orElseThrow();
        assertThat(x.childText("version")).contains(version(room, kate));
        assertThat(x.childText("prev-version")).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            id = "muclight-5.1-2",
            says = "the creator is told of the room before the empty result comes")
    void the_notice_comes_before_the_result(Client alice) {
        String room = noRoom(alice);
        Element request = createLightRoom(room);

        alice.send(request);

        Element notice = alice.expect(affiliationNotice(room, lightUser(alice, "owner")));
        Element result = alice.expect(iqResultOf(request).from(room));
        assertThat(result.children()).isEmpty();
        assertThat(alice.received().indexOf(notice)).isLessThan(alice.received().indexOf(result));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1.1",
            id = "muclight-5.1-3",
            says = "the service gives a room that is asked of itself a unique name")
    void the_service_names_a_room(Client alice, Client bob) {
        Element request = createLightRoom(service(alice), setting("roomname", "Tea"), member(bob));

        Element result = alice.iq(request);

        assertThat(result).matches(iqResult().from(service(alice)));
        Element notice = bob.expect(groupchat("").withChild(element("x", AFFILIATIONS)));
        String room = notice.attribute("from", "");
        assertThat(room).endsWith("@" + service(alice));
        alice.expect(affiliationNotice(room, lightUser(alice, "owner")));
        assertThat(configured(room, bob, "roomname")).isEqualTo("Tea");
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1.1",
            id = "muclight-5.1-3",
            says = "two rooms whose names the service finds have different ones")
    void the_service_names_each_room_differently(Client alice) {
        alice.iq(createLightRoom(service(alice)));
        alice.iq(createLightRoom(service(alice)));

        Element first = alice.expect(groupchat("").withChild(element("x", AFFILIATIONS)));
        Element second = alice.expect(groupchat("").withChild(element("x", AFFILIATIONS)));
        assertThat(first.attribute("from")).isNotEqualTo(second.attribute("from"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1.2",
            id = "muclight-5.1-4",
            says = "a name that is taken is a conflict, and the room is as it was")
    void a_name_that_is_taken_is_a_conflict(Client alice, Client bob) {
        String room = room(alice);
        String version = version(room, alice);

        assertThat(bob.request(createLightRoom(room, setting("roomname", "Mine"))))
                .matches(error("conflict", "cancel"));

        assertThat(version(room, alice)).isEqualTo(version);
        assertThat(bob.request(getLightInfo(room))).matches(iqError("item-not-found"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            id = {"muclight-5.1-5", "muclight-5.1-6"},
            says = "settings that are not given have their defaults")
    void a_room_has_default_settings(Client alice) {
        String room = noRoom(alice);
        alice.iq(createLightRoom(room));
        alice.expect(affiliationNotice(room, lightUser(alice, "owner")));

        assertThat(configured(room, alice, "roomname")).isEqualTo("Untitled");
        assertThat(configured(room, alice, "subject")).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            id = "muclight-5.1-6",
            says = "an owner who is named owns the room, and the creator is a member")
    void another_can_own_the_room(Client alice, Client bob) {
        String room = noRoom(alice);

        alice.iq(createLightRoom(room, owner(bob)));

        alice.expect(affiliationNotice(room, lightUser(alice, "member")));
        bob.expect(affiliationNotice(room, lightUser(bob, "owner")));
        assertThat(occupants(room, bob)).containsExactlyInAnyOrder(as(alice, "member"), as(bob, "owner"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", id = "muclight-5.1-7", says = "the creator is not in the list")
    void a_creator_is_not_named(Client alice) {
        assertNoRoom(alice, member(alice));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", id = "muclight-5.1-7", says = "two owners are refused")
    void a_room_does_not_begin_with_two_owners(Client alice, Client bob, Client kate) {
        assertNoRoom(alice, owner(bob), owner(kate));
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", id = "muclight-5.1-7", says = "nobody is named twice")
    void nobody_is_named_twice(Client alice, Client bob) {
        assertNoRoom(alice, member(bob), member(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", id = "muclight-5.1-7", says = "nobody is put into a room as none")
    void nobody_begins_as_none(Client alice, Client bob) {
        assertNoRoom(alice, none(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", says = "an unknown affiliation is refused")
    void nobody_begins_as_an_admin(Client alice, Client bob) {
        assertNoRoom(alice, member(bob).with("affiliation", "admin"));
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", says = "an occupant is a bare JID")
    void an_occupant_has_no_resource(Client alice, Client bob) {
        assertNoRoom(alice, Element.of("user").with("affiliation", "member").withText(bob.address()));
        assertNoRoom(alice, Element.of("user").with("affiliation", "member").withText("a@b@c"));
        assertNoRoom(alice, Element.of("user").with("affiliation", "member"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            id = {"muclight-5.1-8", "muclight-5.1-10"},
            says = "an unknown setting makes no room")
    void an_unknown_setting_makes_no_room(Client alice, Client bob) {
        assertNoRoom(alice, setting("colour", "blue"), member(bob));
        bob.expectNothing();
    }

    private static void assertNoRoom(Client alice, Element... parts) {
        String room = noRoom(alice);

        assertThat(alice.request(createLightRoom(room, parts))).matches(error("bad-request", "modify"));

        assertThat(alice.request(getLightInfo(room))).matches(error("item-not-found", "cancel"));
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            id = {"muclight-5.2-1", "muclight-5.2-2"},
            says = "each occupant is told that the room is gone, and then the result comes")
    void an_owner_destroys_the_room(Client alice, Client bob) {
        String room = room(alice, bob);
        Element request = destroyLightRoom(room);

        assertThat(alice.iq(request).children()).isEmpty();

        String id = request.attribute("id", "");
        alice.expect(destructionNotice(room, alice).withId(id));
        bob.expect(destructionNotice(room, bob).withId(id));
        assertThat(bob.request(getLightInfo(room))).matches(iqError("item-not-found"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            id = "muclight-5.2-1",
            says = "what is said of a destroyed room has no version")
    void a_destroyed_room_has_no_version(Client alice) {
        String room = room(alice);

        alice.iq(destroyLightRoom(room));

        Element notice = alice.expect(destructionNotice(room, alice));
        assertThat(notice.child("x", AFFILIATIONS).orElseThrow().childText("version"))
                .isEmpty();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.4", id = "muclight-5.2-3", says = "a member cannot destroy the room")
    void a_member_does_not_destroy_the_room(Client alice, Client bob) {
        String room = room(alice, bob);

        assertThat(bob.request(destroyLightRoom(room))).matches(error("not-allowed", "cancel"));

        assertThat(occupants(room, alice)).hasSize(2);
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.1",
            id = "muclight-7-1",
            says = "an outsider cannot destroy the room, nor learn that it is there")
    void an_outsider_does_not_destroy_the_room(Client alice, Client kate) {
        String room = room(alice);

        assertThat(kate.request(destroyLightRoom(room))).matches(error("item-not-found", "cancel"));

        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.1", says = "a name that was given up can be given again")
    void a_name_can_be_used_again(Client alice, Client bob) {
        String room = room(alice);
        String version = version(room, alice);
        alice.iq(destroyLightRoom(room));
        alice.expect(destructionNotice(room, alice));

        bob.iq(createLightRoom(room));

        bob.expect(affiliationNotice(room, lightUser(bob, "owner")));
        assertThat(version(room, bob)).isNotEqualTo(version);
        assertThat(alice.request(getLightInfo(room))).matches(iqError("item-not-found"));
    }
}
