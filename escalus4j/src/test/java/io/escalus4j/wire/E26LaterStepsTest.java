package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.bindFeature;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Check E26: compression works as a step, and the resource may be the server's choice. Resumption is in
 * StreamManagementTest, carbons are in CarbonsStory.
 */
class E26LaterStepsTest {
    private static final String OFFER =
            "<compression xmlns='http://jabber.org/features/compress'><method>lzw</method><method>zlib</method></compression>";

    /** The client asks for zlib and gets it. */
    static void compressed(PeerStream stream) throws IOException {
        stream.openStream(OFFER);
        stream.hear("<compress xmlns='http://jabber.org/protocol/compress'><method>zlib</method></compress>");
        stream.say("<compressed xmlns='http://jabber.org/protocol/compress'/>");
        stream.compress();
    }

    @Test
    void a_stream_goes_on_compressed_both_ways() throws Exception {
        String words = "so much, so much, ".repeat(2000);
        try (var peer = ScriptedPeer.playing(stream -> {
            compressed(stream);
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature());
            stream.bind("alice@localhost/chosen");
            stream.hear("<message><body>" + words + "</body></message>");
            stream.say("<message><body>" + words + "</body></message>");
            stream.hearAll();
        })) {
            Connection connection = Connector.connect(peer.settings()
                    .withSteps(Steps.openStream(), Steps.compress(), Steps.authenticate(), Steps.bind()));
            assertThat(connection.log()).containsExactly("zlib", "PLAIN");
            assertThat(connection.jid()).contains("alice@localhost/chosen");

            Element message = Element.of("message", "jabber:client").with(Element.text("body", "jabber:client", words));
            connection.send(message);
            assertThat(connection.receive("a message").childText("body")).contains(words);
            connection.wire().drop();
        }
    }

    @Test
    void a_server_that_does_not_offer_it_is_told_so() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.hearAll();
        })) {
            assertThatThrownBy(() ->
                            Connector.connect(peer.settings().withSteps(List.of(Steps.openStream(), Steps.compress()))))
                    .hasMessageContaining("step 'compress' failed: the server does not offer compression with zlib");
        }
    }

    @Test
    void a_server_that_refuses_says_why() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(OFFER);
            stream.hear("<compress .*</compress>");
            stream.say("<failure xmlns='http://jabber.org/protocol/compress'><setup-failed/></failure>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() ->
                            Connector.connect(peer.settings().withSteps(List.of(Steps.openStream(), Steps.compress()))))
                    .hasMessageContaining("the server refused compression: setup-failed");
        }
    }

    @Test
    void what_is_not_compressed_is_an_error() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(OFFER);
            stream.hear("<compress .*</compress>");
            stream.say("<compressed xmlns='http://jabber.org/protocol/compress'/>");
            stream.say("<plain text='it is'/>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() ->
                            Connector.connect(peer.settings().withSteps(List.of(Steps.openStream(), Steps.compress()))))
                    .hasMessageContaining("compress");
        }
    }
}
