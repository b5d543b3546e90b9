package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages for somebody who is not there: XEP-0160. */
class OfflineMessagesStory {
    @Story
    @Spec(xep = 203, section = "2", says = "the delay element says when, as XEP-0082 writes times")
    @Spec(
            xep = 160,
            section = "2",
            says = "a message to an absent user is stored and delivered with a delay when they come")
    void a_message_waits_for_its_addressee(Client alice, Client bob) {
        leave(bob);

        alice.send(chat(bob.account(), "Call me"));
        alice.fence();
        bob.send(initialPresence());

        Element delivered = bob.expect(chatMessage("Call me").from(alice).withChild("delay", "urn:xmpp:delay"));
        assertThat(delivered.child("delay", "urn:xmpp:delay").orElseThrow().attribute("stamp", ""))
                .satisfies(Instant::parse);
        bob.expect(available().from(bob));
    }

    @Story
    @Spec(xep = 160, section = "2", says = "stored messages are delivered in the order in which they came, once")
    void waiting_messages_keep_their_order_and_come_once(Client alice, Client bob) {
        leave(bob);
        for (int i = 0; i < 10; i++) {
            alice.send(chat(bob.account(), "line " + i));
        }
        alice.fence();

        bob.send(initialPresence());
        bob.expect(available().from(bob));
        for (int i = 0; i < 10; i++) {
            assertThat(bob.expect(chatMessage().from(alice))).hasBody("line " + i);
        }

        leave(bob);
        bob.send(initialPresence());
        bob.expect(available().from(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 160,
            section = "2",
            says = "what waits goes to one of the devices that come at the same time, not to each")
    void two_devices_that_come_at_once_get_each_message_once_between_them(
            Scene scene, Client alice, Client bob, Client bob2) {
        ServerUnderTest.requireNoLuck(scene);
        leave(bob);
        leave(bob2);
        List<String> lines = IntStream.range(0, 20).mapToObj(i -> "line " + i).toList();
        lines.forEach(line -> alice.send(chat(bob.account(), line)));
        alice.fence();

        together(() -> bob.send(initialPresence()), () -> bob2.send(initialPresence()));

        together(bob::fence, bob2::fence);
        together(bob::fence, bob2::fence); // each has the other's presence, too
        assertThat(Stream.of(bob, bob2).flatMap(device -> bodies(device.drain())))
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    private static Stream<String> bodies(List<Element> stanzas) {
        return stanzas.stream()
                .flatMap(stanza -> stanza.child("body", "jabber:client").stream())
                .map(Element::text);
    }

    @Story
    @Spec(xep = 160, section = "3", says = "headlines are not stored")
    void a_headline_does_not_wait(Client alice, Client bob) {
        leave(bob);

        alice.send(headline(bob.account(), "Old news"));
        alice.fence();
        bob.send(initialPresence());

        bob.expect(available().from(bob));
        bob.expectNothing();
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 160, section = "2", says = "a resource of negative priority gets no stored messages")
    void a_negative_priority_gets_no_waiting_messages(Client alice, Client bob) {
        leave(bob);
        alice.send(chat(bob.account(), "Later"));
        alice.fence();

        bob.send(presenceWithPriority(-1));
        bob.expect(available().from(bob));
        bob.expectNothing();

        bob.send(presenceWithPriority(1));
        bob.expectAll(
                available().from(bob).withPriority(1), chatMessage("Later").from(alice));
    }

    @Story
    @Spec(xep = 334, section = "4.2", says = "a message with the hint no-store is not stored")
    void a_message_not_to_be_stored_is_not(Client alice, Client bob) {
        leave(bob);

        alice.send(chat(bob.account(), "Burn this").with(Element.of("no-store", "urn:xmpp:hints")));
        alice.expect(error("service-unavailable"));
        bob.send(initialPresence());

        bob.expect(available().from(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 160, section = "5", says = "the server announces msgoffline")
    void the_server_says_that_it_stores(Client alice) {
        assertThat(alice.iq(getDiscoInfo(alice.jid().domain()))).matches(discoInfo(feature("msgoffline")));
    }

    @Story
    @Spec(xep = 203, section = "4", says = "a delay that a client writes in the server's name is not believed")
    void a_delay_forged_in_the_servers_name_is_taken_away(Client alice, Client bob) {
        alice.send(chat(bob, "Long ago")
                .with(Element.of("delay", "urn:xmpp:delay")
                        .with("from", alice.jid().domain())
                        .with("stamp", "2002-09-10T23:08:25Z")));

        bob.expect(chatMessage("Long ago").from(alice).withoutChild("delay", "urn:xmpp:delay"));
    }

    /** The pong says that the server has taken note; not every server tells a client of its own leaving. */
    private static void leave(Client client) {
        client.send(unavailablePresence());
        client.iq(ping(client.jid().domain()));
        client.drain();
    }
}
