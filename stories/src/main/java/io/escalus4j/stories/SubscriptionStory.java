package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.People.nobody;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;

/** How two people come to see each other, and to part again: RFC 6121 section 3. */
class SubscriptionStory {
    /** Where it is not what the story is about: some servers push to those too who have not asked for their roster. */
    private static final Matcher ROSTER_PUSH = iqSet("jabber:iq:roster");

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.5",
            id = {
                "6121-3.1.2-2",
                "6121-3.1.2-4",
                "6121-3.1.2-6",
                "6121-3.1.3-1",
                "6121-3.1.3-2",
                "6121-3.1.5-1",
                "6121-3.1.5-2",
                "6121-3.1.5-3",
                "6121-3.1.6-2",
                "6121-3.1.6-3",
                "6121-3-1",
                "6121-A.2.1-2",
                "6121-A.3.3-1"
            },
            says = "a request, its approval, and the pushes of both servers")
    void alice_asks_and_bob_accepts(Client alice, Client bob) {
        alice.ignore(unavailable().from(bob.account()));
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));

        alice.send(subscribe(bob.account()));
        alice.expect(rosterPush(rosterItem(bob, "none").withAttribute("ask", "subscribe")));
        bob.expect(presenceOfType("subscribe").from(alice.account()));

        bob.send(subscribed(alice.account()));

        bob.expect(rosterPush(alice, "from"));
        alice.expectAll(
                rosterPush(bob, "to"),
                presenceOfType("subscribed").from(bob.account()),
                available().from(bob));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "A.3.4",
            id = {"6121-A.2.4-1", "6121-A.2.4-2", "6121-A.3.4-1"},
            says = "a request that is turned down leaves nothing behind")
    void bob_says_no(Client alice, Client bob) {
        alice.ignore(unavailable().from(bob.account()));
        alice.iq(getRoster());
        alice.send(subscribe(bob.account()));
        alice.expect(rosterPush(rosterItem(bob, "none").withAttribute("ask", "subscribe")));
        bob.expect(presenceOfType("subscribe").from(alice.account()));

        bob.send(unsubscribed(alice.account()));

        alice.expectAll(
                presenceOfType("unsubscribed").from(bob.account()),
                rosterPush(rosterItem(bob, "none").withoutAttribute("ask")));
        assertThat(alice.iq(getRoster()))
                .matches(rosterResult(rosterItem(bob, "none").withoutAttribute("ask")));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "3.2.2",
            id = {"6121-3.2.2-4", "6121-3.2.2-5", "6121-3.2.3-3"},
            says = "who withdraws the approval is no longer seen")
    void bob_withdraws_his_approval(Client alice, Client bob) {
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));

        bob.send(unsubscribed(alice.account()));

        bob.expect(rosterPush(alice, "to"));
        alice.expectAll(
                presenceOfType("unsubscribed").from(bob.account()),
                rosterPush(bob, "from"),
                unavailable().from(bob));
        assertThat(bob.iq(getRoster())).matches(rosterResult(rosterItem(alice, "to")));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "3.3.2",
            id = {"6121-3.3.2-1", "6121-3.3.2-3", "6121-A.2.2-2"},
            says = "who unsubscribes no longer sees the contact")
    void alice_looks_away(Client alice, Client bob) {
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));

        alice.send(unsubscribe(bob.account()));

        bob.expectAll(presenceOfType("unsubscribe").from(alice.account()), rosterPush(alice, "to"));
        alice.expectAll(unavailable().from(bob), rosterPush(bob, "from"));
        assertThat(alice.iq(getRoster())).matches(rosterResult(rosterItem(bob, "from")));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "2.5.2",
            id = {"6121-2.5.2-2", "6121-2.5.2-3", "6121-2.5.2-4"},
            says = "removing a contact cancels the subscriptions of both directions")
    void a_removed_friend_is_told(Client alice, Client bob) {
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));
        bob.ignore(ROSTER_PUSH);

        alice.iq(removeContact(bob.account()));

        bob.expectAll(
                presenceOfType("unsubscribe").from(alice.account()),
                presenceOfType("unsubscribed").from(alice.account()),
                unavailable().from(alice));
        alice.expectAll(rosterPush(bob, "remove"), unavailable().from(bob));
        assertThat(bob.iq(getRoster())).matches(rosterResult(rosterItem(alice, "none")));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.3",
            id = "6121-3.1.3-7",
            says = "a request is delivered again at each login until it is answered")
    void a_request_waits_until_it_is_answered(Scene scene, Client alice, Client bob) {
        alice.ignore(ROSTER_PUSH.or(unavailable().from(bob.account())));
        alice.send(subscribe(bob.account()));
        bob.expect(presenceOfType("subscribe").from(alice.account()));

        Client phone = scene.connect("bob2", settings -> settings);
        phone.send(initialPresence());

        phone.expectAll(
                presenceOfType("subscribe").from(alice.account()),
                available().from(bob),
                available().from(phone));
        bob.expect(available().from(phone));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.4.2",
            id = {"6121-3.4.2-6", "6121-3.4.2-7"},
            says = "an approval given beforehand answers the request when it comes")
    @RequiresFeature("urn:xmpp:features:pre-approval")
    void bob_approves_before_alice_asks(Client alice, Client bob) {
        alice.iq(getRoster());
        alice.ignore(ROSTER_PUSH);
        bob.ignore(ROSTER_PUSH);
        bob.send(subscribed(alice.account()));
        bob.fence();

        alice.send(subscribe(bob.account()));

        alice.expectAll(
                presenceOfType("subscribed").from(bob.account()), available().from(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.1",
            id = "6121-8.5.1-4",
            says = "a request to an account that does not exist leaks nothing")
    void a_request_to_nobody_shows_no_presence(Client alice) {
        alice.iq(getRoster());

        alice.send(subscribe(nobody(alice)));

        alice.expect(rosterPush(rosterItem(nobody(alice), "none").withAttribute("ask", "subscribe")));
        alice.expectNothing();
    }
}
