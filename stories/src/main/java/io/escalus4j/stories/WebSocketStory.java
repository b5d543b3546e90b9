package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.Time;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Transport;
import io.escalus4j.wire.WebSocketFrame;
import io.escalus4j.wire.WebSocketWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** XMPP over WebSocket: RFC 7395. */
class WebSocketStory {
    private static final Duration PINGED = Duration.ofMinutes(1);
    private static final int EMPTY_PING = 6; // opcode, length, mask

    private static Client opened(Scene scene) {
        return scene.connect(
                "alice",
                settings -> settings.withAddress(
                                scene.server().connection(Transport.WS).address())
                        .withTransport(Transport.WS)
                        .withSteps(Steps.openStream()));
    }

    @Story
    @Spec(rfc = 7395, section = "3.9", says = "TLS is a matter of the WebSocket, there is no STARTTLS in it")
    void starttls_is_not_taken(Scene scene) {
        Client alice = opened(scene);

        alice.send(Element.of("starttls", "urn:ietf:params:xml:ns:xmpp-tls"));

        alice.expect(element("failure", "urn:ietf:params:xml:ns:xmpp-tls"));
        alice.awaitClose();
    }

    @Story
    @Spec(rfc = 7395, section = "3.3.3", says = "a message holds one element and nothing else")
    void two_elements_in_one_message_end_the_stream(Scene scene) {
        Client alice = opened(scene);

        alice.sendRaw("<presence xmlns='jabber:client'/><presence xmlns='jabber:client'/>");

        alice.expectStreamError("bad-format");
    }

    @Story
    @Spec(rfc = 7395, section = "3.8", says = "white space keeps no WebSocket alive, pings do")
    void white_space_is_no_message(Scene scene) {
        Client alice = opened(scene);

        alice.sendRaw(" ");

        alice.expectStreamError("bad-format");
    }

    @Story
    @Spec(rfc = 7395, section = "3.2", says = "messages are of type text")
    void a_binary_message_ends_the_stream(Scene scene) throws IOException {
        Client alice = opened(scene);

        byte[] presence = "<presence xmlns='jabber:client'/>".getBytes(StandardCharsets.UTF_8);
        ((WebSocketWire) alice.wire()).sendFrame(new WebSocketFrame(true, WebSocketFrame.BINARY, presence));

        alice.expectStreamError("bad-format");
    }

    @Story
    @Spec(
            rfc = 6455,
            section = "5.1",
            says = "a client masks its frames, and a server closes the connection if it does not")
    void a_frame_without_its_mask_ends_the_stream(Scene scene) throws IOException {
        Client alice = opened(scene);

        ((WebSocketWire) alice.wire())
                .sendBytes(
                        WebSocketFrame.text("<presence xmlns='jabber:client'/>").unmasked());

        alice.expectStreamError("bad-format");
    }

    @Story
    @Spec(rfc = 6455, section = "5.4", says = "a message may come in fragments, and a control frame between them")
    void a_message_in_fragments_is_one_message(Scene scene, Client bob) throws IOException {
        Client alice = scene.connect("alice", Transport.WS);
        byte[] message = "<message xmlns='jabber:client' type='chat' to='%s'><body>In pieces</body></message>"
                .formatted(bob.jid())
                .getBytes(StandardCharsets.UTF_8);
        var wire = (WebSocketWire) alice.wire();

        wire.sendFrame(new WebSocketFrame(false, WebSocketFrame.TEXT, Arrays.copyOf(message, 10)));
        wire.sendFrame(new WebSocketFrame(true, WebSocketFrame.PING, new byte[] {1}));
        wire.sendFrame(
                new WebSocketFrame(true, WebSocketFrame.CONTINUATION, Arrays.copyOfRange(message, 10, message.length)));

        bob.expect(chatMessage("In pieces").from(alice));
    }

    // ---- whether it is still there

    @Story
    @Spec(rfc = 7395, section = "3.8", says = "a client keeps a WebSocket alive by pings, which are no messages")
    void a_client_that_hears_nothing_pings(Scene scene, Client bob) {
        Client alice = scene.connect(
                "alice",
                settings -> settings.withAddress(
                                scene.server().connection(Transport.WS).address())
                        .withTransport(Transport.WS)
                        .withKeepAlive(Duration.ofMillis(5)));

        alice.send(chat(bob, "Before"));
        bob.expect(chatMessage("Before").from(alice));
        alice.link().cutAfter(3 * EMPTY_PING); // only a client that goes on saying something gets there

        alice.awaitClose();
    }

    @Story
    @Spec(rfc = 7395, section = "3.8", says = "a server finds by pings which WebSockets are still there")
    void who_answers_no_ping_is_gone(Scene scene, Time time, WhiteBox server) {
        Client alice = scene.connect("alice", Transport.WS);
        alice.link().halfOpen();

        time.advance(PINGED);
        assertThat(connected(server, alice)).isTrue();
        time.advance(PINGED);

        server.eventually("whether alice is connected", () -> connected(server, alice))
                .is(false);
    }

    @Story
    @Spec(rfc = 6455, section = "5.5.2", says = "a ping is answered, and shows that its sender is still there")
    void who_pings_is_kept(Scene scene, Client bob, Time time, WhiteBox server) throws IOException {
        Client alice = scene.connect("alice", Transport.WS);

        for (int i = 0; i < 3; i++) {
            alice.wire().keepAlive();
            time.advance(PINGED);
        }

        alice.send(chat(bob, "Still here"));
        bob.expect(chatMessage("Still here").from(alice));
    }

    private static boolean connected(WhiteBox server, Client client) {
        return server.sessions().stream().anyMatch(one -> one.jid().equals(client.address()) && one.connected());
    }
}
