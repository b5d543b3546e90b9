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
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;

/** The states of a subscription, and what each message does in each of them: RFC 6121 section 3 and appendix A. */
class SubscriptionRulesStory {
    private static List<Element> items(Client client) {
        return client.iq(getRoster())
                .child("query", "jabber:iq:roster")
                .orElseThrow()
                .elements();
    }

    // ---- requests

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.1",
            id = "6121-3.1.1-2",
            says = "a contact may be listed before it is asked, or after")
    void a_contact_is_listed_before_it_is_asked(Client alice, Client bob) {
        alice.iq(setContact(bob.account(), "Bob"));
        alice.send(subscribe(bob.account()));
        bob.expect(presenceOfType("subscribe").from(alice.account()));
        alice.iq(setContact(bob.account(), "Robert"));

        assertThat(alice.iq(getRoster()))
                .matches(rosterResult(rosterItem(bob, "none")
                        .withAttribute("ask", "subscribe")
                        .withAttribute("name", "Robert")));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.2",
            id = {"6121-3.1.2-1", "6121-3.1.2-5"},
            says = "a request that cannot be delivered is answered with an error")
    void a_request_to_nowhere_is_answered(Client alice) {
        alice.send(subscribe("a@b@c"));
        alice.expect(error("jid-malformed"));

        alice.send(subscribe("kate@nowhere.invalid"));
        alice.expect(error("remote-server-not-found"));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(rfc = 6121, section = "3.1.3", says = "who is subscribed already does not bother the contact")
    void who_is_subscribed_already_bothers_nobody(Client alice, Client bob) {
        alice.send(subscribe(bob.account()));

        alice.expect(available().from(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.3",
            id = {"6121-3.1.3-4", "6121-3.1.3-9", "6121-A.1-2", "6121-A.2.1-1", "6121-A.3.1-1"},
            says = "a request goes to all available resources, and into no roster")
    void a_request_reaches_every_resource_and_no_roster(Client alice, Client bob, Client bob2) {
        alice.send(subscribe(bob.account()));

        bob.expect(presenceOfType("subscribe").from(alice.account()));
        bob2.expect(presenceOfType("subscribe").from(alice.account()));
        assertThat(items(bob)).isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.3",
            id = {"6121-3.1.3-6", "6121-3.1.3-8", "6121-8.5.2.2.2-1"},
            says = "one request waits for who is not there, with all that is in it")
    void one_whole_request_waits(Scene scene, Client alice) {
        scene.user("bob");
        Client bob = scene.connect("bob", settings -> settings);
        Element wordy = subscribe(bob.account()).with(Element.text("status", "jabber:client", "It is me"));
        alice.send(wordy);
        alice.send(wordy);
        alice.fence();

        bob.send(initialPresence());

        bob.expectAll(
                available().from(bob),
                presenceOfType("subscribe").from(alice.account()).withStatus("It is me"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "A.1",
            id = {"6121-A.1-1", "6121-A.2.3-1", "6121-A.2.3-2", "6121-3.4.2-2", "6121-8.5.2.1.2-2", "6121-8.5.3.1-4"},
            says = "a request waits beside an item that is there, and its approval makes that from")
    void a_request_waits_beside_an_item(Client alice, Client bob) {
        bob.iq(setContact(alice.account(), "Alice"));
        alice.send(subscribe(bob.account()).with("to", bob.jid().toString()));
        bob.expect(presenceOfType("subscribe").from(alice.account()));
        assertThat(bob.iq(getRoster())).matches(rosterResult(rosterItem(alice, "none")));

        bob.send(subscribed(alice.account()));

        alice.expectAll(
                presenceOfType("subscribed").from(bob.account()), available().from(bob));
        bob.expect(rosterPush(rosterItem(alice, "from").withAttribute("name", "Alice")));
    }

    // ---- what answers nothing

    @Story
    @Spec(
            rfc = 6121,
            section = "3.1.6",
            id = {"6121-3.1.6-1", "6121-3.1.6-4", "6121-A.3.3-2"},
            says = "an approval that nobody asked for changes nothing")
    void an_approval_of_nothing_changes_nothing(Client alice, Client bob) {
        bob.iq(getRoster());

        alice.send(subscribed(bob.account()));

        bob.expectNothing();
        assertThat(items(bob)).isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.2.3",
            id = {"6121-3.2.2-1", "6121-3.2.3-1", "6121-3.2.3-4", "6121-A.3.4-2"},
            says = "a cancellation of what does not exist changes nothing and shows no presence")
    void a_cancellation_of_nothing_changes_nothing(Client alice, Client bob) {
        bob.iq(getRoster());

        alice.send(unsubscribed(bob.account()));

        bob.expectNothing();
        assertThat(items(bob)).isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.3.3",
            id = {"6121-3.3.3-1", "6121-3.3.3-3", "6121-A.3.2-2"},
            says = "an unsubscribe from what does not exist changes nothing")
    void an_unsubscribe_from_nothing_changes_nothing(Client alice, Client bob) {
        bob.iq(getRoster());

        alice.send(unsubscribe(bob.account()));

        bob.expectNothing();
        assertThat(items(bob)).isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.3.3",
            id = {"6121-3.3.3-4", "6121-A.2.2-1"},
            says = "who takes a request back is no longer waited for")
    void a_request_is_taken_back(Scene scene, Client alice, Client bob) {
        alice.send(subscribe(bob.account()));
        bob.expect(presenceOfType("subscribe").from(alice.account()));

        alice.send(unsubscribe(bob.account()));
        bob.fence(alice);
        bob.drain();
        Client phone = scene.connect("bob2", settings -> settings);
        phone.send(initialPresence());

        phone.expectAll(available().from(bob), available().from(phone));
        phone.expectNothing();
        bob.expect(available().from(phone));
        alice.drain();
    }

    // ---- ends

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "3.2",
            id = {"6121-3.2.2-6", "6121-3.2.3-2"},
            says = "a cancellation comes with a push on the one side, and a push on the other")
    void a_cancellation_is_pushed_on_both_sides(Client alice, Client bob) {
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));
        alice.ignore(unavailable().from(bob));

        bob.send(unsubscribed(alice.account()));

        bob.expect(rosterPush(alice, "to"));
        alice.expectAll(presenceOfType("unsubscribed").from(bob.account()), rosterPush(bob, "from"));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "3.3",
            id = {"6121-3.3.2-4", "6121-3.3.3-2", "6121-A.3.2-1"},
            says = "an unsubscribe comes with a push on the one side, and a push on the other")
    void an_unsubscribe_is_pushed_on_both_sides(Client alice, Client bob) {
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));

        alice.send(unsubscribe(bob.account()));

        alice.expect(rosterPush(bob, "from"));
        bob.expectAll(presenceOfType("unsubscribe").from(alice.account()), rosterPush(alice, "to"));
        alice.expect(unavailable().from(bob));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(rfc = 6121, section = "3.3.3", says = "who is looked at no more hears it before the push")
    void who_hears_it_hears_it_before_the_push(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "that both come in one order, though two parties say them, is");
        together(() -> alice.iq(getRoster()), () -> bob.iq(getRoster()));

        alice.send(unsubscribe(bob.account()));

        Element push = bob.expect(rosterPush(alice, "to"));
        Element heard = bob.expect(presenceOfType("unsubscribe").from(alice.account()));
        assertThat(bob.received()).containsSubsequence(heard, push);
        alice.expectAll(rosterPush(bob, "from"), unavailable().from(bob));
    }

    // ---- pre-approval

    @Story
    @Spec(
            rfc = 6121,
            section = "3.4.2",
            id = {"6121-3.4.2-3", "6121-3.4.2-4", "6121-3.4.2-5"},
            says = "an approval beforehand is noted in the item, in a new one if need be, and goes to nobody")
    @RequiresFeature("urn:xmpp:features:pre-approval")
    void a_pre_approval_is_noted_and_pushed(Client alice, Client bob, Client kate) {
        bob.iq(getRoster());
        bob.iq(setContact(kate.account(), "Kate"));
        bob.expect(rosterPush(kate, "none"));

        bob.send(subscribed(alice.account()));
        bob.send(subscribed(kate.account()));

        bob.expect(rosterPush(rosterItem(alice, "none").withAttribute("approved", "true")));
        bob.expect(rosterPush(
                rosterItem(kate, "none").withAttribute("approved", "true").withAttribute("name", "Kate")));
        alice.expectNothing();
        kate.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "3.2.2",
            id = {"6121-3.2.2-2", "6121-3.2.2-3", "6121-4.3.2-2"},
            says = "an approval beforehand can be taken back, a stranger's probe does not end it")
    @RequiresFeature("urn:xmpp:features:pre-approval")
    void a_pre_approval_is_taken_back(Client alice, Client bob) {
        bob.iq(getRoster());
        bob.send(subscribed(alice.account()));
        bob.expect(rosterPush(rosterItem(alice, "none").withAttribute("approved", "true")));
        alice.send(directedPresence(bob.account()).with("type", "probe"));
        alice.fence();
        alice.drain();
        bob.expectNothing();

        bob.send(unsubscribed(alice.account()));

        bob.expect(rosterPush(rosterItem(alice, "none").withoutAttribute("approved")));
        alice.expectNothing();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "3.4.2",
            id = "6121-3.4.2-1",
            says = "an approval of who is subscribed already means nothing")
    void an_approval_of_a_friend_means_nothing(Client alice, Client bob) {
        bob.iq(getRoster());

        bob.send(subscribed(alice.account()));

        bob.expectNothing();
        alice.expectNothing();
        assertThat(bob.iq(getRoster()))
                .matches(rosterResult(rosterItem(alice, "both").withoutAttribute("approved")));
    }

    // ---- nobody there

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.1",
            id = {"6121-8.5.1-1", "6121-8.5.1-3", "6121-8.5.1-5"},
            says = "presence to nobody goes unanswered, an iq does not")
    void nobody_answers_for_nobody(Client alice) {
        alice.send(directedPresence(nobody(alice)));
        alice.send(directedUnavailable(nobody(alice)));
        for (String type : List.of("subscribed", "unsubscribe", "unsubscribed")) {
            alice.send(directedPresence(nobody(alice)).with("type", type));
        }
        alice.expectNothing();

        alice.send(directedPresence(nobody(alice)).with("type", "probe"));
        alice.fence();
        assertThat(alice.drain())
                .allSatisfy(stanza -> assertThat(stanza)
                        .matches(presenceOfType("unsubscribed").from(nobody(alice))));
        assertThat(alice.request(iqGet(nobody(alice), Element.of("query", "urn:example:unknown"))))
                .matches(iqError("service-unavailable"));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.2.2",
            id = {"6121-8.5.3.2.2-1", "6121-8.5.3.2.2-2", "6121-8.5.3.2.2-3", "6121-8.5.3.2.2-4"},
            says = "of presence to a resource that is gone only a request and a probe mean something")
    void presence_to_a_resource_that_is_gone(Client alice, Client bob) {
        String gone = bob.account().withResource("gone").toString();
        alice.send(directedPresence(gone));
        alice.send(directedUnavailable(gone));
        for (String type : List.of("subscribed", "unsubscribe", "unsubscribed")) {
            alice.send(directedPresence(gone).with("type", type));
        }
        bob.expectNothing();
        alice.drain();

        alice.send(directedPresence(gone).with("type", "probe"));
        alice.send(directedPresence(gone).with("type", "subscribe"));

        bob.expect(presenceOfType("subscribe").from(alice.account()));
        bob.expectNothing();
        alice.drain();
    }
}
