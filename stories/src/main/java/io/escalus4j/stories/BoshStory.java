package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.BoshWire;
import io.escalus4j.wire.Transport;
import java.io.IOException;
import java.time.Duration;

/** Streams in requests and answers: XEP-0124 and XEP-0206. */
class BoshStory {

    private static BoshWire wire(Client client) {
        return (BoshWire) client.wire();
    }

    @Story
    @Spec(xep = 124, section = "14.3", says = "a request that comes again is answered as before, and is not done again")
    void what_is_sent_twice_arrives_once(Scene scene, Client bob) throws IOException {
        Client alice = scene.connect("alice", Transport.BOSH);

        alice.send(chat(bob, "Once"));
        wire(alice).resend();

        bob.expect(chatMessage("Once").from(alice));
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 124, section = "10", says = "a client that has asked for a pause need not have a request at the server")
    void a_client_that_pauses_gets_everything_afterwards(Scene scene, Client bob) throws IOException {
        Client alice = scene.connect("alice", Transport.BOSH);

        wire(alice).pause(Duration.ofSeconds(60));
        bob.send(chat(alice, "While you paused"));
        alice.send(chat(bob, "Back"));

        bob.expect(chatMessage("Back").from(alice));
        alice.expect(chatMessage("While you paused").from(bob));
    }

    @Story
    @Spec(xep = 124, section = "14.2", says = "a request with an id beyond the window ends the session")
    void an_id_beyond_the_window_ends_the_session(Scene scene) throws IOException {
        Client alice = scene.connect("alice", Transport.BOSH);
        var wire = wire(alice);

        wire.post(Element.of("body", BoshWire.NS).with("sid", wire.sid()).with("rid", Long.toString(wire.rid() + 100)));

        alice.awaitClose();
    }

    @Story
    @Spec(xep = 124, section = "17.2", says = "nobody learns which sessions there are, and nobody ends that of another")
    void a_stranger_who_guesses_ends_nobodys_session(Scene scene, Client bob) throws IOException {
        Client alice = scene.connect("alice", Transport.BOSH);

        Element answer = wire(alice)
                .post(Element.of("body", BoshWire.NS)
                        .with("sid", "guessed")
                        .with("rid", "1")
                        .with("type", "terminate"));

        assertThat(answer.attribute("condition")).contains("item-not-found");
        alice.send(chat(bob, "Still here"));
        bob.expect(chatMessage("Still here").from(alice));
    }
}
