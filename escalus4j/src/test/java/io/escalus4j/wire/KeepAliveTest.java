package io.escalus4j.wire;

import static io.escalus4j.match.Matchers.chatMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** White space that shows that a client is still there, and the address that it comes from. */
class KeepAliveTest {
    private static final String HI = "<message type='chat' from='bob@localhost'><body>Hi</body></message>";

    @Test
    void a_client_that_hears_nothing_sends_white_space_between_stanzas() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    stream.login();
                    assertThat(stream.hear("^ {3}").group())
                            .as("three intervals of silence")
                            .isEqualTo("   ");
                    stream.say(HI);
                    stream.part();
                });
                var alice = Client.connect("alice", peer.settings().withKeepAlive(Duration.ofMillis(10)))) {
            alice.expect(chatMessage("Hi"));
        }
    }

    @Test
    void a_client_that_is_not_to_be_kept_alive_says_nothing() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.say(HI);
            assertThat(stream.hearAll()).isEqualTo("</stream:stream>");
        })) {
            var alice = Client.connect("alice", peer.settings());
            alice.expect(chatMessage("Hi"));
            alice.expectNothingFor(Duration.ofMillis(50));
            alice.close();
        }
    }

    @Test
    void a_client_connects_from_the_address_that_it_is_told() throws Exception {
        for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
            var from = InetAddress.getByName(address);
            try (var peer = ScriptedPeer.playing(stream -> {
                assertThat(stream.clientAddress()).isEqualTo(from);
                stream.openStream();
                stream.hearAll();
            })) {
                Connector.connect(peer.settings().withLocalAddress(from).withSteps(Steps.openStream()))
                        .wire()
                        .drop();
            }
        }
    }

    @Test
    void an_address_that_the_machine_does_not_have_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(PeerStream::hearAll)) {
            var nobodys = InetAddress.getByName("192.0.2.1");
            assertThatThrownBy(() -> Connector.connect(peer.settings().withLocalAddress(nobodys)))
                    .hasMessageContaining("step 'connect' failed: cannot connect from 192.0.2.1: ");
            Connector.connect(peer.settings().withSteps()).wire().drop();
        }
    }
}
