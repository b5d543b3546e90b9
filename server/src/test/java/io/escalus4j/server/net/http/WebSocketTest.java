package io.escalus4j.server.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.RawClient;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.HttpConfig;
import io.escalus4j.server.config.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XMPP over WebSocket (RFC 7395), seen by the JDK's own client and by raw bytes. */
class WebSocketTest {
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .profile(Profile.TEST)
                .http(HttpConfig.STANDARD.origins(List.of("https://chat.example.org")))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String handshake(String... more) {
        return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("", more) + "\r\n";
    }

    private static RawClient raw() {
        return RawClient.to(server.httpAddress().orElseThrow());
    }

    // ---- the stream

    @Test
    void whole_elements_are_exchanged_with_somebody_on_tcp() {
        String user = RawClient.freshUser(server);
        String jid = user + "@localhost/web";
        var alice = BrowserSocket.to(server).login(user, "web");
        try (var bob = RawClient.fresh(server, "tcp")) {
            alice.send("<message xmlns='jabber:client' to='%s'><body>Hi</body></message>".formatted(bob.jid()));
            assertThat(bob.expect("</message>")).startsWith("<message ").contains("<body>Hi</body>");

            bob.send("<message to='%s'><body>Ho</body></message>".formatted(jid));
            assertThat(alice.next())
                    .startsWith("<message xmlns='jabber:client'")
                    .contains("<body>Ho</body>");
        }
    }

    @Test
    void starttls_is_not_offered_and_not_taken() {
        var client = BrowserSocket.to(server);

        assertThat(client.open()).startsWith("<stream:features xmlns:stream=").doesNotContain("starttls");
        assertThat(client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                        .next())
                .startsWith("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'");
        assertThat(client.next()).startsWith("<close ");
    }

    @Test
    void a_message_may_come_in_fragments() {
        var client = BrowserSocket.to(server);
        client.sendInTwo(BrowserSocket.OPEN);

        assertThat(client.next()).startsWith("<open ");
    }

    @Test
    void both_sides_close_the_stream_and_then_the_socket() {
        var client = BrowserSocket.to(server);
        client.open();

        assertThat(client.send(BrowserSocket.CLOSE).next()).startsWith("<close ");
        assertThat(client.closeStatus()).isEqualTo(1000);
    }

    @Test
    void a_session_whose_socket_is_closed_without_its_stream_is_resumed_over_tcp() {
        String user = RawClient.freshUser(server);
        var web = BrowserSocket.to(server).login(user, "res");
        web.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        String id = web.next().replaceAll(".*\\bid='([^']*)'.*", "$1");
        web.send("<message xmlns='jabber:client' to='%s@localhost/res'><body>Kept</body></message>".formatted(user));
        assertThat(web.next()).contains("<body>Kept</body>");
        web.close(1000);
        assertThat(web.closeStatus()).isEqualTo(1000);

        try (var tcp = RawClient.to(server)) {
            tcp.open();
            tcp.authenticate(user, "secret");
            tcp.send("<resume xmlns='urn:xmpp:sm:3' h='0' previd='%s'/>".formatted(id));

            assertThat(tcp.expect("</message>"))
                    .contains("<resumed xmlns='urn:xmpp:sm:3'")
                    .contains("<body>Kept</body>");
        }
    }

    // ---- bad frames

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '|bad-format",
                "<presence xmlns='jabber:client'/><presence xmlns='jabber:client'/>|bad-format",
                "<presence xmlns='jabber:client'>|not-well-formed",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>|restricted-xml",
                "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'>|not-well-formed"
            })
    void what_is_not_one_element_ends_the_stream(String message, String condition) {
        var client = BrowserSocket.to(server);
        client.open();

        assertThat(client.send(message).next())
                .startsWith("<stream:error xmlns:stream='http://etherx.jabber.org/streams'>")
                .contains("<" + condition + " ");
        assertThat(client.next()).startsWith("<close ");
        assertThat(client.closeStatus()).isEqualTo(1000);
    }

    @Test
    void binary_is_not_taken() {
        var client = BrowserSocket.to(server);
        client.open();
        client.sendBinary(new byte[] {'<', 'a', '/', '>'});

        assertThat(client.next()).contains("<bad-format ");
        assertThat(client.next()).startsWith("<close ");
        assertThat(client.closeStatus()).isEqualTo(1003);
    }

    @Test
    void a_message_that_is_too_big_is_refused() {
        var client = BrowserSocket.to(server).login(RawClient.freshUser(server), "big");
        client.send("<message xmlns='jabber:client'><body>" + "x".repeat(300_000) + "</body></message>");

        assertThat(client.next()).contains("<policy-violation ", "<stanza-too-big ");
        assertThat(client.next()).startsWith("<close ");
        assertThat(client.closeStatus()).isEqualTo(1009);
    }

    /** Unmasked, as only a server may send (RFC 6455 section 5.1). */
    @Test
    void a_frame_against_the_rules_ends_the_stream() {
        try (var client = raw()) {
            client.send(handshake("Sec-WebSocket-Protocol: xmpp\r\n")).expect("\r\n\r\n");
            client.send(new byte[] {(byte) 0x81, 4, '<', 'a', '/', '>'});

            assertThat(client.expectEnd()).contains("<bad-format ", "<close ");
        }
    }

    // ---- the handshake

    @Test
    void the_subprotocol_is_echoed() {
        try (var client = raw()) {
            assertThat(client.send(handshake("Sec-WebSocket-Protocol: chat, xmpp\r\n"))
                            .expect("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-protocol: xmpp\r\n")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        }
    }

    @Test
    void extensions_are_not_taken_up() {
        try (var client = raw()) {
            assertThat(client.send(handshake(
                                    "Sec-WebSocket-Protocol: xmpp\r\n",
                                    "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                            .expect("\r\n\r\n"))
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void who_does_not_speak_xmpp_is_turned_away() {
        try (var client = raw()) {
            assertThat(client.send(handshake("Sec-WebSocket-Protocol: mqtt\r\n"))
                            .expectEnd())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("RFC 7395 section 3.1");
        }
    }

    @Test
    void pages_of_strangers_are_turned_away() {
        try (var client = raw()) {
            assertThat(client.send(handshake("Sec-WebSocket-Protocol: xmpp\r\n", "Origin: https://evil.example\r\n"))
                            .expectEnd())
                    .startsWith("HTTP/1.1 403 ");
        }
        try (var client = raw()) {
            assertThat(client.send(handshake(
                                    "Sec-WebSocket-Protocol: xmpp\r\n", "Origin: https://chat.example.org\r\n"))
                            .expect("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ");
        }
        assertThat(server.scrapeMetrics()).contains("xmpp_limits_hit_total{limit=\"origin\"}");
    }

    @Test
    void a_plain_request_is_told_to_upgrade() {
        try (var client = raw()) {
            assertThat(client.send("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .expectEnd())
                    .startsWith("HTTP/1.1 426 ");
        }
    }

    // ---- life and death

    @Test
    void a_ping_is_answered() {
        BrowserSocket.to(server).ping();
    }

    @Test
    void who_answers_no_ping_is_cut_off() {
        try (var impatient = XmppServer.builder()
                        .profile(Profile.TEST)
                        .http(HttpConfig.STANDARD.ping(Duration.ofMillis(50)))
                        .start();
                var mute = RawClient.to(impatient.httpAddress().orElseThrow())) {
            mute.send(handshake("Sec-WebSocket-Protocol: xmpp\r\n")).expect("\r\n\r\n");

            assertThat(mute.expectEnd()).isNotEmpty();
        }
    }

    @Test
    void a_server_that_ends_says_so() {
        BrowserSocket client;
        try (var ending = XmppServer.builder().profile(Profile.TEST).start()) {
            client = BrowserSocket.to(ending);
            client.open();
        }
        assertThat(client.next()).contains("<system-shutdown ");
        assertThat(client.next()).startsWith("<close ");
        assertThat(client.closeStatus()).isEqualTo(1001);
    }

    @Test
    void in_production_tls_is_a_must() {
        try (var production = XmppServer.builder().start()) {
            assertThat(BrowserSocket.secureTo(production).open()).contains("<mechanism>SCRAM-SHA-256</mechanism>");
            try (var plain = RawClient.to(production.httpAddress().orElseThrow())) {
                assertThat(plain.send(handshake("Sec-WebSocket-Protocol: xmpp\r\n"))
                                .expectEnd())
                        .startsWith("HTTP/1.1 403 ")
                        .contains("without TLS");
            }
        }
    }
}
