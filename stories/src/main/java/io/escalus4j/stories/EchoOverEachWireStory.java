package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.Transports;
import io.escalus4j.wire.Transport;

/** One conversation over every way to a server: RFC 6120, RFC 7395, XEP-0206. */
class EchoOverEachWireStory {
    /** More than one packet, and all that XML has to escape. */
    private static final String WORDS = "Tea & <biscuits> at five? " + "\u00e9\u4e2d\ud83c\udf75".repeat(2000);

    private static void converse(Client alice, Client bob) {
        alice.send(chat(bob, WORDS));
        String heard =
                bob.expect(chatMessage(WORDS).from(alice)).childText("body").orElseThrow();
        bob.send(chat(alice, heard));
        alice.expect(chatMessage(WORDS).from(bob));
    }

    @Transports
    @Spec(rfc = 6120, section = "8", says = "stanzas are exchanged over a stream, whatever carries it")
    @Spec(rfc = 7395, section = "3.3.3", says = "each element is a message of the WebSocket")
    @Spec(xep = 206, section = "4", says = "stanzas are exchanged in bodies of BOSH")
    void an_echo_comes_back(Client alice, Client bob) {
        converse(alice, bob);
    }

    @Transports
    @Spec(xep = 198, section = "3", says = "a stream is managed whatever carries it")
    void what_is_sent_over_a_managed_stream_is_acknowledged(Scene scene, Client bob) {
        Client alice = scene.connectManaged("alice");

        alice.send(chat(bob, WORDS));

        assertThat(alice.requestAck()).isEqualTo(1);
        bob.expect(chatMessage(WORDS).from(alice));
    }

    @Story
    @Spec(xep = 198, section = "5", says = "a session is resumed over another stream, with what was not acknowledged")
    @Spec(rfc = 7395, section = "3.6", says = "a session outlives the WebSocket that it was on")
    void a_session_moves_from_tcp_to_a_web_socket_and_back(Scene scene, Client bob) {
        Client onTcp = scene.connectManaged("alice");
        onTcp.kill();
        bob.send(chat(onTcp, "While you were out"));

        Client onWeb = scene.resume(onTcp, Transport.WS);
        onWeb.expect(chatMessage("While you were out").from(bob));
        converse(onWeb, bob);
        onWeb.kill();
        bob.send(chat(onWeb, "And again"));

        Client back = scene.resume(onWeb, Transport.STARTTLS);
        back.expect(chatMessage("And again").from(bob));
        converse(back, bob);
    }

    @Transports
    @Spec(xep = 114, section = "3", says = "a component's stanzas are in its own namespace, its partners' in theirs")
    void a_component_echoes_to_each_wire(Client alice, Component echo) {
        echo.answers(
                chatMessage(),
                message -> chat(
                        message.attribute("from", ""), message.childText("body").orElse("")));

        alice.send(chat(echo, WORDS));

        alice.expect(chatMessage(WORDS).from(echo));
    }

    @Story
    @Spec(rfc = 7395, section = "3.3.3", says = "what came over one way goes out over another with its namespaces")
    void each_talks_over_another_way(Scene scene, Client alice) {
        Client bob = scene.connect("bob", Transport.WSS);
        Client kate = scene.connect("kate", Transport.BOSH_TLS);

        alice.send(chat(bob, "From TCP"));
        bob.expect(chatMessage("From TCP").from(alice));
        bob.send(chat(kate, "From WebSocket"));
        kate.expect(chatMessage("From WebSocket").from(bob));
        kate.send(chat(alice, "From BOSH"));
        alice.expect(chatMessage("From BOSH").from(kate));
    }
}
