package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import java.util.ArrayList;
import java.util.List;

/** Who belongs to a room without presence, and who may change that. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightAffiliationStory {
    private static final String AFFILIATIONS = "urn:xmpp:muclight:0#affiliations";

    private static Element x(Element notice) {
        return notice.child("x", AFFILIATIONS).orElseThrow();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = {"muclight-5.4-1", "muclight-5.4-3"},
            says = "who stays hears all changes, who joins and who goes their own")
    void everybody_hears_what_concerns_them(Client alice, Client bob, Client kate, Client mike) {
        String room = room(alice, bob, kate);
        String before = version(room, alice);
        Element request = setLightAffiliations(room, member(mike), none(bob));

        assertThat(alice.iq(request).children()).isEmpty();

        Matcher all = affiliationNotice(room, lightUser(mike, "member"), lightUser(bob, "none"))
                .withId(request.attribute("id", ""));
        Element toAlice = alice.expect(all);
        kate.expect(all);
        Element toMike = mike.expect(affiliationNotice(room, lightUser(mike, "member")));
        Element toBob = bob.expect(affiliationNotice(room, lightUser(bob, "none")));
        String after = version(room, alice);
        assertThat(x(toAlice).childText("prev-version")).contains(before);
        assertThat(x(toAlice).childText("version")).contains(after);
        assertThat(x(toMike).childText("version")).contains(after);
        assertThat(x(toMike).childText("prev-version")).isEmpty();
        assertThat(x(toBob).childText("version")).isEmpty();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.4", id = "muclight-5.4-2", says = "the notice comes before the result")
    void the_change_is_told_before_the_result(Client alice, Client bob) {
        String room = room(alice);
        Element request = setLightAffiliations(room, member(bob));

        alice.send(request);

        Element notice = alice.expect(affiliationNotice(room, lightUser(bob, "member")));
        Element result = alice.expect(iqResultOf(request).from(room));
        assertThat(alice.received().indexOf(notice)).isLessThan(alice.received().indexOf(result));
        bob.expect(affiliationNotice(room, lightUser(bob, "member")));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-3",
            says = "whoever is added can speak, whoever is removed cannot")
    void a_change_counts_at_once(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        alice.iq(setLightAffiliations(room, member(kate), none(bob)));

        alice.expect(affiliationNotice(room, lightUser(kate, "member"), lightUser(bob, "none")));
        kate.expect(affiliationNotice(room, lightUser(kate, "member")));
        bob.expect(affiliationNotice(room, lightUser(bob, "none")));
        kate.send(groupchat(room, "Thank you"));
        together(() -> alice.expect(groupchat("Thank you")), () -> kate.expect(groupchat("Thank you")));
        bob.send(groupchat(room, "Wait"));
        bob.expect(error("item-not-found", "cancel"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-7",
            says = "a new owner makes a member of the former one, and both are told")
    void ownership_is_handed_over(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(setLightAffiliations(room, owner(bob)));

        Matcher both = affiliationNotice(room, lightUser(bob, "owner"), lightUser(alice, "member"));
        together(() -> alice.expect(both), () -> bob.expect(both), () -> kate.expect(both));
        assertThat(alice.request(destroyLightRoom(room))).matches(iqError("not-allowed"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.4", says = "a room has one owner")
    void two_new_owners_are_refused(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        assertUnchanged(room, alice, "bad-request", owner(bob), owner(kate));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-8",
            says = "a last owner who leaves is followed by the first member")
    void a_member_follows_the_owner(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        Client heir = bob.account().toString().compareTo(kate.account().toString()) < 0 ? bob : kate;

        alice.iq(leaveLightRoom(room, alice));

        alice.expect(affiliationNotice(room, lightUser(alice, "none")));
        Matcher succession = affiliationNotice(room, lightUser(alice, "none"), lightUser(heir, "owner"));
        together(() -> bob.expect(succession), () -> kate.expect(succession));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-8",
            says = "an owner who becomes a member is followed by a member")
    void an_owner_steps_down(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.iq(setLightAffiliations(room, member(alice)));

        Matcher succession = affiliationNotice(room, lightUser(alice, "member"), lightUser(bob, "owner"));
        together(() -> alice.expect(succession), () -> bob.expect(succession));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.4", says = "an owner who leaves names the follower in the same request")
    void an_owner_names_the_follower(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        alice.iq(setLightAffiliations(room, none(alice), owner(kate)));

        Matcher succession = affiliationNotice(room, lightUser(alice, "none"), lightUser(kate, "owner"));
        together(() -> bob.expect(succession), () -> kate.expect(succession));
        alice.expect(affiliationNotice(room, lightUser(alice, "none")));
        assertThat(occupants(room, bob)).containsExactlyInAnyOrder(as(bob, "member"), as(kate, "owner"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            says = "an owner who is alone cannot become less, and nothing changes")
    void an_owner_alone_remains_one(Client alice) {
        String room = room(alice);
        String before = version(room, alice);

        assertThat(alice.iq(setLightAffiliations(room, member(alice))).children())
                .isEmpty();

        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
        assertThat(version(room, alice)).isEqualTo(before);
        alice.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.4",
            id = "muclight-4.4-1",
            says = "who leaves is told so, and so are the others")
    void a_member_leaves(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.iq(leaveLightRoom(room, bob));

        bob.expect(affiliationNotice(room, lightUser(bob, "none")));
        alice.expect(affiliationNotice(room, lightUser(bob, "none")));
        assertThat(bob.request(getLightInfo(room))).matches(iqError("item-not-found"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.4", id = "muclight-4.4-2", says = "with the last one the room is gone")
    void the_last_one_out_ends_the_room(Client alice, Client bob) {
        String room = room(alice);

        alice.iq(leaveLightRoom(room, alice));

        alice.expect(affiliationNotice(room, lightUser(alice, "none")));
        assertThat(alice.request(getLightInfo(room))).matches(iqError("item-not-found"));
        bob.iq(createLightRoom(room));
        bob.expect(affiliationNotice(room, lightUser(bob, "owner")));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "7.4", id = "muclight-5.4-4", says = "a member adds nobody")
    void a_member_does_not_invite(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        assertUnchanged(room, bob, "not-allowed", member(kate));

        kate.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.4",
            id = "muclight-5.4-4",
            says = "a member removes nobody else, and promotes nobody")
    void a_member_has_no_say_over_others(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);

        assertUnchanged(room, bob, "not-allowed", none(kate));
        assertUnchanged(room, bob, "not-allowed", none(alice));
        assertUnchanged(room, bob, "not-allowed", owner(bob));
        assertUnchanged(room, bob, "not-allowed", owner(kate));
        assertUnchanged(room, bob, "not-allowed", member(alice));
        assertUnchanged(room, bob, "not-allowed", none(bob), none(kate));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "7.1",
            id = "muclight-7-1",
            says = "an outsider changes nothing, not even for itself")
    void an_outsider_does_not_enter(Client alice, Client kate) {
        String room = room(alice);

        assertThat(kate.request(setLightAffiliations(room, member(kate)))).matches(error("item-not-found", "cancel"));
        assertThat(kate.request(setLightAffiliations(room, none(alice)))).matches(error("item-not-found", "cancel"));

        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-5",
            says = "a request that changes nothing is refused")
    void what_is_so_already_is_refused(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        assertUnchanged(room, alice, "bad-request", member(bob));
        assertUnchanged(room, alice, "bad-request", owner(alice));
        assertUnchanged(room, alice, "bad-request", none(kate));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-6",
            says = "one item that is wrong refuses all of the request")
    void a_request_is_done_as_a_whole_or_not_at_all(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        assertUnchanged(room, alice, "bad-request", member(kate), member(bob));
        assertUnchanged(room, alice, "bad-request", member(kate), none(kate));
        assertUnchanged(room, alice, "bad-request", member(kate), member(bob).with("affiliation", "king"));
        assertUnchanged(room, alice, "bad-request", member(kate), Element.of("guest"));
        assertUnchanged(room, alice, "bad-request");

        kate.expectNothing();
    }

    private static void assertUnchanged(String room, Client asking, String condition, Element... affiliations) {
        String version = version(room, asking);
        List<String> occupants = occupants(room, asking);

        assertThat(asking.request(setLightAffiliations(room, affiliations))).matches(iqError(condition));

        assertThat(version(room, asking)).isEqualTo(version);
        assertThat(occupants(room, asking)).isEqualTo(occupants);
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            id = "muclight-5.4-9",
            says = "each change has a version of its own, and names the one before it")
    void versions_follow_each_other(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        var seen = new ArrayList<String>(List.of(version(room, bob)));

        for (int turn = 0; turn < 3; turn++) {
            alice.iq(setLightAffiliations(room, member(kate)));
            alice.iq(setLightAffiliations(room, none(kate)));
        }

        for (int change = 0; change < 6; change++) {
            Element x = x(bob.expect(groupchat("").withChild(element("x", AFFILIATIONS))));
            assertThat(x.childText("prev-version")).contains(seen.get(change));
            seen.add(x.childText("version").orElseThrow());
        }
        assertThat(seen).doesNotHaveDuplicates();
        kate.fence(alice);
        for (int turn = 0; turn < 3; turn++) {
            kate.expect(affiliationNotice(room, lightUser(kate, "member")));
            kate.expect(affiliationNotice(room, lightUser(kate, "none")));
        }
        alice.drain();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.4",
            says = "changes that are asked for at once are made one after the other")
    void changes_at_once_are_made_one_after_the_other(Client alice, Client bob, Client kate, Client mike) {
        String room = room(alice, bob, kate, mike);

        together(
                () -> bob.iq(leaveLightRoom(room, bob)),
                () -> kate.iq(leaveLightRoom(room, kate)),
                () -> mike.iq(leaveLightRoom(room, mike)));

        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
        for (Client gone : List.of(bob, kate, mike)) {
            alice.expect(affiliationNotice(room, lightUser(gone, "none")));
            gone.expect(affiliationNotice(room, lightUser(gone, "none")));
            gone.drain();
        }
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.4",
            id = "muclight-4.4-3",
            says = "an account that is removed leaves its rooms, and the others are told")
    void a_removed_account_leaves_its_rooms(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.iq(unregister());

        bob.expect(affiliationNotice(room, lightUser(bob, "none")));
        bob.expectStreamError("not-authorized");

        alice.expect(affiliationNotice(room, lightUser(bob, "none")));
        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
    }
}
