package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.server.ServerUnderTest.requireOurs;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Transport;

/** Who learns that somebody is there: RFC 6121 section 4. */
class PresenceStory {
    @Story
    @Spec(
            rfc = 6121,
            section = "4.2.2",
            id = "6121-4.2.2-2",
            says = "initial presence goes to the account's other resources")
    void a_second_resource_and_the_first_see_each_other(Scene scene, Client alice) {
        Client tablet = scene.connect("alice2", settings -> settings);

        tablet.send(initialPresence());

        alice.expect(available().from(tablet));
        tablet.expectAll(available().from(tablet), available().from(alice));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.4.2",
            id = {"6121-4.4.2-1", "6121-4.4.2-2"},
            says = "changed presence goes to all who are subscribed")
    void a_friend_sees_a_change_of_mood(Client alice, Client bob) {
        alice.send(presenceWithShow("away").with(Element.text("status", "jabber:client", "Tea")));

        bob.expect(available().from(alice).withShow("away").withStatus("Tea"));
        alice.expect(available().from(alice).withShow("away"));
    }

    @Story
    @Spec(rfc = 6121, section = "11", id = "6121-11-3", says = "presence goes to nobody who is not subscribed")
    void a_stranger_sees_nothing(Client alice, Client bob) {
        alice.send(presenceWithShow("dnd"));

        alice.expect(available().from(alice).withShow("dnd"));
        bob.expectNothing();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.5.2",
            id = {"6121-4.5.2-1", "6121-4.5.2-2"},
            says = "a resource that ends its stream is announced as unavailable")
    void a_friend_sees_a_goodbye(Client alice, Client bob) {
        alice.close();

        bob.expect(unavailable().from(alice));
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH knows by silence alone that a client is gone")
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.5.2",
            id = "6121-4.5.2-6",
            says = "a resource whose connection breaks is announced as unavailable by its server")
    void a_friend_sees_a_broken_connection(Client alice, Client bob) {
        alice.kill();

        bob.expect(unavailable().from(alice));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.5.2",
            id = {"6121-4.5.2-4", "6121-4.5.2-5"},
            says = "unavailable presence is broadcast with what it says")
    void a_friend_sees_who_leaves_without_closing(Client alice, Client bob) {
        alice.send(unavailablePresence().with(Element.text("status", "jabber:client", "Gone fishing")));

        bob.expect(unavailable().from(alice).withStatus("Gone fishing"));
        alice.expect(unavailable().from(alice));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            rfc = 6121,
            section = "4.2.2",
            id = {"6121-4.2.2-1", "6121-4.2.2-3"},
            says = "who comes online learns who is there")
    void a_latecomer_learns_who_is_there(Scene scene, Client alice, Client bob) {
        Client phone = scene.connect("bob2", settings -> settings);
        phone.send(initialPresence());

        phone.expectAll(
                available().from(alice), available().from(bob), available().from(phone));
        alice.expect(available().from(phone));
        bob.expect(available().from(phone));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "4.6.3",
            id = "6121-4.6.3-2",
            says = "directed presence goes to the one it is for, subscribed or not")
    void directed_presence_reaches_a_stranger(Client alice, Client bob) {
        alice.send(directedPresence(bob));

        bob.expect(available().from(alice).to(bob));
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH knows by silence alone that a client is gone")
    @Spec(
            rfc = 6121,
            section = "4.6.3",
            id = "6121-4.6.3-4",
            says = "who got directed presence is told when the sender goes")
    void who_got_directed_presence_is_told_of_the_end(Client alice, Client bob) {
        alice.send(directedPresence(bob));
        bob.expect(available().from(alice));

        alice.kill();

        bob.expect(unavailable().from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "11",
            id = {"6121-11-1", "6121-4.3-2"},
            says = "a probe from somebody who is not subscribed learns nothing")
    void a_strangers_probe_learns_nothing(Client alice, Client bob) {
        alice.send(directedPresence(bob.account()).with("type", "probe"));

        alice.expectNothing();
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 6121, section = "4.7.2.3", says = "a priority is a number from -128 to 127")
    void a_priority_out_of_range_is_refused(Scene scene, Client alice) {
        requireOurs(scene, "what becomes of it is");
        alice.send(initialPresence().with(Element.text("priority", "jabber:client", "128")));

        alice.expect(error("bad-request"));
    }
}
