package io.escalus4j.stories;

import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.enableCarbons;
import static io.escalus4j.stories.LightRooms.room;
import static io.escalus4j.stories.LightRooms.seat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Transport;

/** What is copied to many while one of them has lost the connection is there once when that one is back: XEP-0198. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
        because = "BOSH knows by silence alone that a client is gone")
class MissedCopiesStory {
    private static Client managed(Scene scene, String name) {
        Client client = scene.connectManaged(name);
        client.send(initialPresence());
        client.expect(available().from(client));
        client.fence();
        client.drain();
        return client;
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.1", says = "a message goes to all occupants")
    @Spec(xep = 198, section = "5", says = "what came while the client was away is sent when it is back, once")
    @RequiresFeature("urn:xmpp:muclight:0")
    void what_was_said_in_a_room_is_heard_once_by_who_comes_back(Scene scene, Client alice, Client kate) {
        Client bob = managed(scene, "bob");
        String room = room(alice, bob, kate);
        bob.requestAck(); // and so the server has his
        bob.link().cut();
        bob.kill();

        for (String words : new String[] {"Who is missing?", "Bob is."}) {
            alice.send(groupchat(room, words));
            alice.expect(groupchat(words).from(seat(room, alice)));
            kate.expect(groupchat(words).from(seat(room, alice)));
        }
        Client back = scene.resume(bob);

        back.expect(groupchat("Who is missing?").from(seat(room, alice)).to(bob.account()));
        back.expect(groupchat("Bob is.").from(seat(room, alice)));
        back.send(groupchat(room, "Here I am"));
        for (Client each : new Client[] {alice, kate, back}) {
            each.expect(groupchat("Here I am").from(seat(room, back)));
            each.expectNothing();
        }
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.1", says = "a message goes to all occupants, its sender among them")
    @Spec(xep = 198, section = "5", says = "what the server has not handled the client sends again, and nothing twice")
    @RequiresFeature("urn:xmpp:muclight:0")
    void what_somebody_said_before_the_cut_is_heard_once_by_all(Scene scene, Client alice, Client kate) {
        Client bob = managed(scene, "bob");
        String room = room(alice, bob, kate);
        bob.link().halfOpen();
        bob.send(groupchat(room, "Does anybody hear me?"));
        bob.kill();

        Client back = scene.resume(bob);

        for (Client each : new Client[] {alice, kate, back}) {
            each.expect(groupchat("Does anybody hear me?").from(seat(room, back)));
            each.expectNothing();
        }
    }

    @Story
    @Spec(xep = 280, section = "6", says = "each enabled resource gets a copy of what another one received")
    @Spec(xep = 198, section = "5", says = "what came while the client was away is sent when it is back, once")
    void a_carbon_that_was_missed_comes_once(Scene scene, Client alice, Client bob) {
        Client phone = managed(scene, "alice2");
        alice.expect(available().from(phone));
        alice.iq(enableCarbons());
        phone.iq(enableCarbons());
        phone.requestAck();
        phone.link().cut();
        phone.kill();

        bob.send(chat(alice, "Tea at five"));
        alice.expect(chatMessage("Tea at five").from(bob));
        alice.send(chat(bob, "Fine"));
        bob.expect(chatMessage("Fine").from(alice));
        Client back = scene.resume(phone);

        back.expect(carbon("received", chatMessage("Tea at five").from(bob).to(alice)));
        back.expect(carbon("sent", chatMessage("Fine").from(alice).to(bob)));
        back.expectNothing();
        alice.expectNothing();
    }
}
