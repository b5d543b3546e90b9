package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.Story;

/** Broadcast, directed and asked-for presence in its details: RFC 6121 section 4. */
class PresenceRulesStory {
    private static Element probe(Object to) {
        return directedPresence(to).with("type", "probe");
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4",
            id = {"6121-4.2.3-1", "6121-4.4.3-1", "6121-4.5.3-1", "6121-8.5.2.1.2-1", "6121-8.5.2.1.2-4"},
            says = "presence reaches all available resources of a contact, addressed to the contact")
    void every_resource_of_a_friend_sees_presence(Client alice, Client bob, Client bob2) {
        alice.send(presenceWithShow("away"));
        bob.expect(available().from(alice).withShow("away"));
        bob2.expect(available().from(alice).to(bob.account()).withShow("away"));
        alice.send(unavailablePresence());
        bob.expect(unavailable().from(alice));
        bob2.expect(unavailable().from(alice).to(bob.account()));
        alice.expectAll(available().from(alice), unavailable().from(alice));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(rfc = 6121, section = "4.5.2", id = "6121-4.5.2-7", says = "who comes back begins anew")
    void who_comes_back_begins_anew(Client alice, Client bob) {
        alice.send(unavailablePresence());
        bob.expect(unavailable().from(alice));
        alice.expect(unavailable().from(alice));

        alice.send(initialPresence());

        bob.expect(available().from(alice));
        alice.expectAll(available().from(alice), available().from(bob));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.3.2",
            id = {"6121-4.3.2-3", "6121-8.5.2.1.2-3", "6121-4.6.6-1"},
            says = "a friend's probe is answered with the whole presence of each resource")
    void a_friends_probe_is_answered(Client alice, Client bob) {
        bob.send(presenceWithShow("dnd", "Writing"));
        alice.expect(available().from(bob).withShow("dnd"));
        bob.expect(available().from(bob));

        alice.send(probe(bob.account()));

        alice.expect(available().from(bob).withShow("dnd").withStatus("Writing"));
        bob.expectNothing();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.3.2",
            id = {"6121-4.3.2-4", "6121-4.3.2-5", "6121-8.5.3.1-5"},
            says = "a probe of one resource tells of that one alone")
    void a_probe_of_one_resource_tells_of_that_one(Client alice, Client bob, Client bob2) {
        alice.send(probe(bob.jid()));

        alice.expect(available().from(bob));
        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.3.2",
            id = {"6121-4.3.2-1", "6121-11-2", "6121-8.5.2.2.2-2"},
            says = "a stranger's probe is answered by the account or not at all, be somebody there or not")
    void a_strangers_probe_shows_no_resource(Scene scene, Client alice, Client bob) {
        var absent = scene.user("kate");

        alice.send(probe(bob.account()));
        alice.send(probe(absent.jid()));
        alice.fence();

        assertThat(alice.drain())
                .allSatisfy(stanza -> assertThat(stanza).matches(presenceOfType("unsubscribed")))
                .allSatisfy(stanza -> assertThat(stanza.attribute("from", "")).doesNotContain("/"));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.6.3",
            id = {"6121-4.6.3-1", "6121-8.5.3.1-3"},
            says = "directed presence to a contact is delivered as it is")
    void directed_presence_reaches_a_contact(Client alice, Client bob) {
        alice.send(directedPresence(bob).with(Element.text("status", "jabber:client", "For you")));
        alice.send(directedUnavailable(bob));

        bob.expect(available().from(alice).to(bob).withStatus("For you"));
        bob.expect(unavailable().from(alice).to(bob));
    }

    @Story
    @Spec(rfc = 6121, section = "4.6.3", id = "6121-4.6.3-3", says = "directed presence makes nobody a subscriber")
    void directed_presence_makes_no_subscriber(Client alice, Client bob) {
        alice.send(directedPresence(bob));
        bob.expect(available().from(alice));

        alice.send(presenceWithShow("away"));

        alice.expect(available().from(alice).withShow("away"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.6.1",
            id = "6121-4.6.1-4",
            says = "who was told of the end already is not told again")
    void directed_unavailable_presence_is_the_end_of_it(Client alice, Client bob) {
        alice.send(directedPresence(bob));
        alice.send(directedUnavailable(bob));
        bob.expect(available().from(alice));
        bob.expect(unavailable().from(alice));

        alice.send(unavailablePresence());

        alice.expect(unavailable().from(alice));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.6.3",
            id = "6121-4.6.3-5",
            says = "a resource that is not available may send directed presence, and its end is told")
    void a_silent_resource_sends_directed_presence(Scene scene, Client bob) {
        Client alice = scene.connect("alice", settings -> settings);
        alice.send(directedPresence(bob));
        bob.expect(available().from(alice));

        alice.close();

        bob.expect(unavailable().from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.6.6",
            id = "6121-4.6.6-2",
            says = "who got directed presence may probe the resource that sent it")
    void who_got_directed_presence_may_probe(Client alice, Client bob) {
        alice.send(directedPresence(bob));
        bob.expect(available().from(alice));

        bob.send(probe(alice.jid()));

        bob.expect(available().from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.6.1",
            id = {"6121-4.6.1-1", "6121-4.6.1-2", "6121-4.6.1-3"},
            says = "a subscription counts more than directed presence, when it begins and when it ends")
    void a_subscription_counts_more_than_directed_presence(Client alice, Client bob) {
        alice.send(directedPresence(bob));
        bob.expect(available().from(alice));
        bob.send(subscribe(alice.account()));
        alice.expect(presenceOfType("subscribe"));
        alice.send(subscribed(bob.account()));
        bob.expectAll(presenceOfType("subscribed"), available().from(alice));

        alice.send(presenceWithShow("chat"));
        bob.expect(available().from(alice).withShow("chat"));
        alice.expect(available().from(alice));
        alice.send(unsubscribed(bob.account()));

        bob.expectAll(presenceOfType("unsubscribed"), unavailable().from(alice));
    }

    @Story
    @Spec(rfc = 6121, section = "4.7.1", id = "6121-4.7.1-1", says = "presence of type error says which one")
    void an_error_of_presence_says_which_one(Client alice) {
        alice.send(directedPresence("kate@nowhere.invalid"));

        Element answer = alice.expect(presenceOfType("error"));
        assertThat(answer.child("error").orElseThrow().elements()).isNotEmpty();
    }
}
