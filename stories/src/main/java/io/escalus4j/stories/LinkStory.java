package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import io.escalus4j.wire.Link;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Transport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What goes wrong between a client and its server, and that stream management makes it good: XEP-0198. */
class LinkStory {
    private static final int MESSAGES = 5;

    private static Client managed(Scene scene, String name) {
        Client client = scene.connectManaged(name);
        client.send(initialPresence());
        client.expect(available().from(client));
        client.fence();
        client.drain();
        return client;
    }

    private static String text(int number) {
        return "message " + number;
    }

    /** Alice talks while something happens to her connection, and goes on with another: bob hears all, once, in order. */
    private static void talkThrough(Scene scene, Client bob, Consumer<Link> fault) {
        Client alice = managed(scene, "alice");
        fault.accept(alice.link());
        int sent = sendUntilLost(alice, bob);
        bob.send(chat(alice, "are you there?"));
        alice.kill();

        Client again = scene.resume(alice);
        for (int i = sent; i < MESSAGES; i++) {
            again.send(chat(bob, text(i)));
        }

        for (int i = 0; i < MESSAGES; i++) {
            bob.expect(chatMessage(text(i)).from(again));
        }
        again.expect(chatMessage("are you there?").from(bob));
        bob.expectNothing();
        again.expectNothing();
    }

    /** How many were sent as far as stream management knows: those are sent again by itself. */
    private static int sendUntilLost(Client alice, Client bob) {
        long before = alice.sm().sent();
        try {
            for (int i = 0; i < MESSAGES; i++) {
                alice.send(chat(bob, text(i)));
            }
        } catch (AssertionError lost) {
            assertThat(lost).hasMessageContaining("open stream");
        }
        return (int) (alice.sm().sent() - before);
    }

    @Story
    @Spec(xep = 198, section = "5", says = "after a cut the session goes on: nothing is lost, nothing comes twice")
    void a_cut_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, Link::cut);
    }

    @Story
    @OnlyOver(
            value = {Transport.STARTTLS, Transport.TLS},
            because = "elsewhere half an element is a whole message")
    @Spec(xep = 198, section = "5", says = "after a cut inside a message's body the message is sent again, whole")
    void a_cut_inside_a_body_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, link -> link.cutInside("body"));
    }

    @Story
    @Spec(xep = 198, section = "5", says = "after a cut inside an encrypted record the session goes on")
    void a_cut_after_some_bytes_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, link -> link.cutAfter(500));
    }

    @Story
    @Spec(xep = 198, section = "5", says = "after a reset, which takes away what was on its way, the session goes on")
    void a_reset_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, Link::reset);
    }

    @Story
    @OnlyOver(
            value = {Transport.STARTTLS, Transport.TLS},
            because = "elsewhere half an element is a whole message")
    @Spec(xep = 198, section = "5", says = "a bit that is turned over ends the stream, and the session goes on")
    void a_corrupted_byte_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, Link::corrupt);
    }

    @Story
    @Spec(
            xep = 198,
            section = "5",
            says = "a session can be resumed although the server believes that the old connection is still there")
    void a_half_open_connection_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, Link::halfOpen);
    }

    @Story
    @Spec(xep = 198, section = "5", says = "what the server could not write to a client that stalled it writes again")
    void a_stalled_reader_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, Link::stall);
    }

    @Story
    @Spec(xep = 198, section = "5", says = "what is slow is not lost")
    void a_slow_link_costs_nothing(Scene scene, Client bob) {
        talkThrough(scene, bob, link -> link.delay(ofMillis(1), ofMillis(5)).throttle(100_000));
    }

    @Story
    @Spec(xep = 198, section = "4", says = "a stanza that did not arrive is not acknowledged, and is sent again")
    void a_message_that_was_dropped_is_sent_again(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        alice.link().drop(chatMessage("two"), 1);
        alice.send(chat(bob, "one"));
        alice.send(chat(bob, "two"));
        bob.expect(chatMessage("one"));

        alice.kill();
        Client again = scene.resume(alice);

        bob.expect(chatMessage("two").from(again));
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 198,
            section = "4",
            says = "a request for acknowledgement that was lost costs the sender an answer, and nothing else")
    void the_third_request_for_an_acknowledgement_is_lost(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        bob.send(chat(alice, "hello"));
        alice.expect(chatMessage("hello"));
        alice.requestAck(); // what the server had asked before is here
        alice.link().drop(element("r", StreamManagement.NS), 3);

        assertThat(alice.requestAck()).isEqualTo(alice.sm().sent());
        assertThat(alice.requestAck()).isEqualTo(alice.sm().sent());
        alice.send(StreamManagement.request());
        assertThat(alice.requestAck()).isEqualTo(alice.sm().sent());
    }

    @Story
    @Spec(rfc = 6120, section = "10.1", says = "a server keeps the order in which stanzas have reached it")
    @Spec(xep = 198, section = "4", says = "stanzas are counted as they come")
    void what_comes_in_another_order_is_delivered_in_that_order_and_counted_once(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        long before = alice.sm().sent();
        alice.link().reorder(MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            alice.send(chat(bob, text(i)));
            alice.send(chat(alice, text(i)));
        }

        assertThat(alice.requestAck()).isEqualTo(before + 2 * MESSAGES);

        for (Client each : new Client[] {bob, alice}) {
            each.expectAll(IntStream.range(0, MESSAGES)
                    .mapToObj(i -> chatMessage(text(i)).from(alice))
                    .toArray(Matcher[]::new));
            each.expectNothing();
        }
    }

    @Story
    @Spec(rfc = 6120, section = "10.1", says = "what is slow on its way keeps its order")
    void a_delayed_link_keeps_the_order(Client alice, Client bob) {
        alice.link().delay(ofMillis(1), ofMillis(10));
        for (int i = 0; i < MESSAGES; i++) {
            alice.send(chat(bob, text(i)));
        }
        for (int i = 0; i < MESSAGES; i++) {
            bob.expect(chatMessage(text(i)).from(alice));
        }
    }

    @Story
    @Spec(rfc = 6121, section = "8.5.3.2.1", says = "what is on its way when a link stalls arrives when it is healed")
    void a_link_that_heals_gives_back_what_it_held(Client alice, Client bob) {
        bob.link().halfOpen();
        alice.send(chat(bob, "tea?"));
        bob.send(chat(alice, "coffee?"));
        alice.fence();

        bob.link().heal();

        bob.expect(chatMessage("tea?").from(alice));
        alice.expect(chatMessage("coffee?").from(bob));
    }
}
