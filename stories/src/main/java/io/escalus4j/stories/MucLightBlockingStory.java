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
import java.util.List;

/** Who does not want to be put into rooms without presence. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightBlockingStory {
    private static final String BLOCKING = "urn:xmpp:muclight:0#blocking";

    private static List<String> blocked(Client user) {
        return user.iq(getLightBlocking(service(user))).child("query", BLOCKING).orElseThrow().elements().stream()
                .map(item -> item.name() + " " + item.attribute("action", "") + " " + item.text())
                .toList();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5.1",
            id = "muclight-4.5-1",
            says = "the list of who has blocked nothing is empty")
    void a_new_list_is_empty(Client alice) {
        assertThat(blocked(alice)).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5",
            id = {"muclight-4.5-1", "muclight-4.5-2"},
            says = "rooms and users are blocked and unblocked one by one")
    void the_list_is_changed_bit_by_bit(Client alice, Client bob) {
        String room = noRoom(alice);

        assertThat(alice.iq(setLightBlocking(service(alice), denyRoom(room), denyUser(bob)))
                        .children())
                .isEmpty();
        assertThat(blocked(alice)).containsExactly("room deny " + room, "user deny " + bob.account());

        alice.iq(setLightBlocking(service(alice), allowRoom(room), allowUser(alice)));
        assertThat(blocked(alice)).containsExactly("user deny " + bob.account());
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5.3",
            id = {"muclight-4.5-4", "muclight-4.5-5"},
            says = "whom one has blocked does not add one, and is not told why")
    void a_blocked_user_adds_nobody(Client alice, Client bob, Client kate) {
        String room = room(alice, kate);
        String before = version(room, alice);
        bob.iq(setLightBlocking(service(bob), denyUser(alice)));

        assertThat(alice.iq(setLightAffiliations(room, member(bob))).children()).isEmpty();

        assertThat(version(room, alice)).isEqualTo(before);
        kate.expectNothing();
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5.3", says = "the others in the request are added")
    void the_others_are_added(Client alice, Client bob, Client kate) {
        String room = room(alice);
        bob.iq(setLightBlocking(service(bob), denyUser(alice)));

        alice.iq(setLightAffiliations(room, member(bob), member(kate)));

        alice.expect(affiliationNotice(room, lightUser(kate, "member")));
        kate.expect(affiliationNotice(room, lightUser(kate, "member")));
        assertThat(occupants(room, kate)).containsExactlyInAnyOrder(as(alice, "owner"), as(kate, "member"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5.2",
            id = "muclight-4.5-3",
            says = "nobody is put into a room that they have blocked")
    void a_blocked_room_gets_nobody(Client alice, Client bob) {
        String room = room(alice);
        bob.iq(setLightBlocking(service(bob), denyRoom(room)));

        alice.iq(setLightAffiliations(room, member(bob)));

        assertThat(occupants(room, alice)).containsExactly(as(alice, "owner"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5.3",
            id = "muclight-5.1-9",
            says = "a room is made without those who do not want its creator")
    void a_room_is_made_without_the_unwilling(Client alice, Client bob, Client kate) {
        String room = noRoom(alice);
        bob.iq(setLightBlocking(service(bob), denyUser(alice)));

        alice.iq(createLightRoom(room, member(bob), member(kate)));

        alice.expect(affiliationNotice(room, lightUser(alice, "owner")));
        kate.expect(affiliationNotice(room, lightUser(kate, "member")));
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5.4", says = "whom one has unblocked can add one again")
    void an_unblocked_user_adds_again(Client alice, Client bob) {
        String room = room(alice);
        bob.iq(setLightBlocking(service(bob), denyUser(alice)));
        bob.iq(setLightBlocking(service(bob), allowUser(alice)));

        alice.iq(setLightAffiliations(room, member(bob)));

        bob.expect(affiliationNotice(room, lightUser(bob, "member")));
        alice.expect(affiliationNotice(room, lightUser(bob, "member")));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5",
            id = "muclight-4.5-6",
            says = "who is in a room stays there, and hears those whom they have blocked")
    void blocking_changes_nothing_for_who_is_there(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.iq(setLightBlocking(service(bob), denyUser(alice), denyRoom(room)));

        alice.send(groupchat(room, "Still here"));
        together(() -> bob.expect(groupchat("Still here")), () -> alice.expect(groupchat("Still here")));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5",
            id = "muclight-4.5-7",
            says = "what is no bare JID, or no action, is refused as a whole")
    void a_wrong_item_changes_nothing(Client alice, Client bob) {
        for (Element wrong : List.of(
                Element.of("user").with("action", "deny").withText(bob.address()),
                Element.of("user").with("action", "deny").withText(alice.jid().domain()),
                Element.of("user").with("action", "deny"),
                denyUser(bob).with("action", "hide"),
                denyUser(bob).without("action"),
                Element.of("place")
                        .with("action", "deny")
                        .withText(bob.account().toString()))) {
            assertThat(alice.request(setLightBlocking(service(alice), denyUser(bob), wrong)))
                    .matches(error("bad-request", "modify"));
        }
        assertThat(alice.request(setLightBlocking(service(alice)))).matches(error("bad-request", "modify"));
        assertThat(blocked(alice)).isEmpty();
    }
}
