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
 * Check E26: compression and carbons work as steps, and the resource may be the server's choice. Resumption is in
 * E25StreamManagementTest; our server's side of it is in CarbonsStory and Bind2Story.
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

    private static final String ENABLE = "<enable xmlns=['\"]urn:xmpp:carbons:2['\"]/>";

    private static void loginToCarbons(PeerStream stream) throws IOException {
        stream.openStream(mechanisms("PLAIN"));
        stream.authPlain();
        stream.openStream(bindFeature());
        stream.bind("alice@localhost/chosen");
    }

    private static List<ConnectionStep> withCarbons() {
        return List.of(Steps.openStream(), Steps.authenticate(), Steps.bind(), Steps.carbons());
    }

    @Test
    void carbons_are_enabled_as_a_step_and_what_comes_meanwhile_is_kept() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            loginToCarbons(stream);
            stream.hear("<iq [^>]*type='set'[^>]*>" + ENABLE + "</iq>");
            stream.say("<message from='bob@localhost'><body>early</body></message><iq type='result' id='carbons'/>");
            stream.hearAll();
        })) {
            Connection connection = Connector.connect(peer.settings().withSteps(withCarbons()));
            assertThat(connection.early())
                    .singleElement()
                    .satisfies(message -> assertThat(message.childText("body")).contains("early"));
            connection.wire().drop();
        }
    }

    @Test
    void a_server_without_carbons_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            loginToCarbons(stream);
            stream.hear(ENABLE);
            stream.say(
                    "<iq type='error' id='carbons'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings().withSteps(withCarbons())))
                    .hasMessageContaining("step 'carbons' failed: the server refused carbons: service-unavailable");
        }
    }

    @Test
    void carbons_come_along_with_bind_2() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(
                    "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism><inline><bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:carbons:2'/></inline></bind></inline></authentication>");
            stream.hear("<authenticate .*<bind xmlns=['\"]urn:xmpp:bind:0['\"]><tag>test</tag>" + ENABLE
                    + "</bind></authenticate>");
            stream.say(
                    "<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>alice@localhost/test.1</authorization-identifier><bound xmlns='urn:xmpp:bind:0'/></success><stream:features/>");
            stream.hearAll();
        })) {
            Element enable = Element.of("enable", "urn:xmpp:carbons:2");
            Connection connection = Connector.connect(
                    peer.settings().withSteps(Steps.openStream(), Sasl2.login().binding("test", enable)));
            assertThat(connection.jid()).contains("alice@localhost/test.1");
            connection.wire().drop();
        }
    }
}
