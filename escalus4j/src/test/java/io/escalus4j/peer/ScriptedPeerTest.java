package io.escalus4j.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import io.escalus4j.match.Matchers;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedPeerTest {
    @Test
    void a_client_hears_what_the_script_says_and_the_script_hears_the_client() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.say("<message from='bob@localhost'><body>Hi</body></message>");
            Element heard = stream.hearElement();
            assertThat(heard.childText("body")).contains("grüße < & nested");
            stream.say(Element.of("message", "jabber:client").with(heard));
            stream.part();
        })) {
            Client alice = Client.connect("alice", peer.settings());
            alice.expect(Matchers.message());

            alice.send(Element.of("message", "jabber:client")
                    .with(Element.of("message", "urn:nested"))
                    .with(Element.text("body", "jabber:client", "grüße < & nested")));

            assertThat(alice.expect(Matchers.message()).has("message", "jabber:client"))
                    .isTrue();
            alice.close();
        }
    }

    @Test
    void elements_are_heard_in_pieces_and_in_bunches() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    assertThat(stream.hearElement().name()).isEqualTo("a");
                    assertThat(stream.hearElement().name()).isEqualTo("b");
                    assertThat(stream.hearElement().text()).isEqualTo("ü>");
                });
                var socket =
                        new Socket(peer.address().getAddress(), peer.address().getPort())) {
            byte[] bytes = "<a/> <b>1</b><c>ü></c>".getBytes(StandardCharsets.UTF_8);
            socket.setTcpNoDelay(true);
            for (byte one : bytes) {
                socket.getOutputStream().write(one);
            }
            peer.awaitEnd();
        }
    }

    @Test
    void each_connection_plays_the_next_script() throws Exception {
        try (var peer = ScriptedPeer.playing(one -> one.say("first"), two -> two.say("second"))) {
            assertThat(said(peer)).isEqualTo("first");
            assertThat(said(peer)).isEqualTo("second");
        }
    }

    private static String said(ScriptedPeer peer) throws Exception {
        try (var socket = new Socket(peer.address().getAddress(), peer.address().getPort())) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_does_not_come_fails_with_what_came() throws Exception {
        var peer = ScriptedPeer.playing(stream -> stream.hear("<presence"));
        try (var socket = new Socket(peer.address().getAddress(), peer.address().getPort())) {
            socket.getOutputStream().write("<message/>".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();

            assertThatThrownBy(peer::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(
                            "the peer's script failed: '<presence' did not come before the end, but: <message/>");
        }
    }

    @Test
    void a_script_that_nobody_came_to_is_a_failure() throws Exception {
        var peer = ScriptedPeer.playing(Duration.ofMillis(50), List.of(stream -> {}));

        assertThatThrownBy(peer::close).isInstanceOf(AssertionError.class);
    }
}
