package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS (RFC 6120 section 5) and direct TLS (XEP-0368) of a server of the production profile. */
class TlsTest {
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawClient direct() {
        return RawClient.to(server.directTlsAddress().orElseThrow());
    }

    @Test
    void nothing_but_starttls_is_offered_in_the_clear() {
        try (var client = RawClient.to(server)) {
            assertThat(client.open())
                    .contains("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
                    .doesNotContain("mechanism", "register", "bind");
        }
    }

    @Test
    void mechanisms_are_offered_behind_starttls() {
        try (var client = RawClient.opened(server)) {
            client.send(STARTTLS).expect("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            client.startTls(server.certificate());
            assertThat(client.open())
                    .contains("<mechanism>SCRAM-SHA-256</mechanism>")
                    .doesNotContain("starttls");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void old_and_new_tls_are_spoken(String version) {
        try (var client = direct()) {
            client.startTls(server.certificate(), version, "xmpp-client");
            assertThat(client.protocol()).isEqualTo(version);
            assertThat(client.open()).contains("mechanism");
        }
    }

    /** Said by hand, since the JDK's own client refuses to. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x02})
    void older_tls_is_not(int minor) {
        var hello = ByteBuffer.allocate(50);
        hello.put(new byte[] {22, 3, (byte) minor, 0, 45, 1, 0, 0, 41, 3, (byte) minor})
                .put(new byte[32])
                .put(new byte[] {0, 0, 2, 0, 0x2F, 1, 0});
        try (var client = direct()) {
            assertThat(client.send(hello.array()).expectEnd())
                    .as("an alert record, fatal, of the description protocol_version or handshake_failure")
                    .startsWith("\u0015\u0003")
                    .contains("\u0002")
                    .hasSize(7);
        }
    }

    @Test
    void tls_may_come_first_with_or_without_a_protocol_name() {
        try (var named = direct().startTls(server.certificate(), "TLSv1.3", "xmpp-client");
                var unnamed = direct().startTls(server.certificate(), "TLSv1.3")) {
            assertThat(named.open()).contains("mechanism");
            assertThat(unnamed.open()).contains("mechanism");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "h2", "xmpp-server", "smtp"})
    void who_wants_another_protocol_gets_no_tls(String protocol) {
        try (var client = direct()) {
            assertThatThrownBy(() -> client.startTls(server.certificate(), "TLSv1.3", protocol))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void passwords_in_the_clear_are_refused_unread() {
        try (var client = RawClient.opened(server)) {
            String user = RawClient.freshUser(server);
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(RawClient.plain(user, "secret")).expect("</failure>"))
                        .isEqualTo(
                                "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><encryption-required/></failure>");
            }
            assertThat(client.expectEnd()).contains("<policy-violation ");
        }
    }

    @Test
    void starttls_on_tls_fails_and_ends_the_stream() {
        try (var client = RawClient.secured(server)) {
            assertThat(client.send(STARTTLS).expectEnd())
                    .isEqualTo("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>");
        }
    }

    @Test
    void anything_else_of_starttls_ends_the_stream() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                            .expectEnd())
                    .contains("<unsupported-stanza-type ");
        }
    }

    @Test
    void who_does_not_speak_tls_after_all_is_cut_off() {
        try (var client = RawClient.opened(server)) {
            client.send(STARTTLS).expect("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            assertThat(client.send(RawClient.HEADER).expectEnd()).doesNotContain("<");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "<?xml version='1.0'?><stream:stream>",
                "\u0000\u0001\u0002\u0003\u0004\u0005"
            })
    void the_port_of_direct_tls_speaks_nothing_else(String opener) {
        try (var client = direct()) {
            assertThat(client.send(opener).expectEnd()).doesNotContain("<", "HTTP");
        }
    }

    // ---- attack 31: what was said in the clear must not count as encrypted

    private static final String INJECTED =
            RawClient.HEADER + "<message to='bob@localhost'><body>injected</body></message>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                INJECTED,
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGEAYg==</auth>",
                " <",
                "<",
                "<starttls"
            })
    void bytes_glued_behind_starttls_end_the_stream(String glued) {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(STARTTLS + glued).expectEnd())
                    .startsWith("<stream:error><policy-violation ")
                    .endsWith("</stream:stream>");
        }
    }

    /** Forbidden by RFC 6120 section 5.3.3; go-sendxmpp does so all the same, and nobody is fooled by white space. */
    @Test
    void a_line_break_behind_starttls_is_forgotten() {
        try (var client = RawClient.opened(server)) {
            client.send(STARTTLS + "\n").expect("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            client.startTls(server.certificate());
            assertThat(client.open()).contains("<mechanism>SCRAM-SHA-256</mechanism>");
        }
    }

    static IntStream cuts() {
        return IntStream.range(1, STARTTLS.length() + 40);
    }

    /** However the segments fall: the injected bytes end the stream, or are taken for a broken TLS record. */
    @ParameterizedTest
    @MethodSource("cuts")
    void bytes_sent_before_the_handshake_are_never_part_of_the_stream(int cut) {
        String all = STARTTLS + INJECTED;
        try (var client = RawClient.opened(server)) {
            client.send(all.substring(0, cut));
            client.trySend(all.substring(cut));
            assertThat(client.expectEnd()).doesNotContain("<features", "<stream:features", "<failure", "<success");
        }
    }

    @Test
    void a_handshake_behind_injected_bytes_does_not_succeed() {
        try (var client = RawClient.opened(server)) {
            client.send(STARTTLS + " ");
            assertThatThrownBy(() -> client.startTls(server.certificate())).isInstanceOf(UncheckedIOException.class);
        }
    }
}
