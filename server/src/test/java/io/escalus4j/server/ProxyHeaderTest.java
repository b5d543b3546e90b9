package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Plain;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Connections that come through a proxy (the PROXY protocol of HAProxy). */
class ProxyHeaderTest {
    private static final String V1 = "PROXY TCP4 192.0.2.7 192.0.2.1 50000 5222\r\n";
    /** Version 2, PROXY over TCP on IPv4, 12 bytes: 192.0.2.7, 192.0.2.1, 50000, 5222. */
    private static final byte[] V2 = HexFormat.of()
            .parseHex("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000207" + "c0000201" + "c350" + "1466");

    /** Who has connected, as modules see it. */
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    private XmppServer behind(String... proxies) {
        return XmppServer.builder()
                .profile(Profile.TEST)
                .module(context -> new Plain(hooks -> hooks.preAuthFeature(
                        Element.of("watched", "urn:example:watched"),
                        entity -> seen.add(entity.address().getHostAddress()))))
                .listen(ListenConfig.EMBEDDED.proxies(List.of(proxies)))
                .start();
    }

    @Test
    void the_address_is_that_which_a_trusted_proxy_says() {
        try (var server = behind("127.0.0.1");
                var client = RawClient.to(server)) {
            client.send(V1 + RawClient.HEADER).expect("</stream:features>");
            assertThat(seen).containsExactly("192.0.2.7");
        }
    }

    @Test
    void the_second_version_is_read_too() {
        try (var server = behind("127.0.0.1");
                var client = RawClient.to(server)) {
            client.send(V2).send(RawClient.HEADER).expect("</stream:features>");
            assertThat(seen).containsExactly("192.0.2.7");
        }
    }

    @Test
    void the_header_comes_before_tls_and_before_http() {
        try (var server = behind("127.0.0.1")) {
            try (var tls = RawClient.to(server.directTlsAddress().orElseThrow())) {
                tls.send(V1).startTls(server.certificate());
                assertThat(tls.open()).contains("mechanism");
            }
            try (var http = RawClient.to(server.httpAddress().orElseThrow())) {
                assertThat(http.send(V1 + "GET /other HTTP/1.1\r\nHost: x\r\n\r\n")
                                .expectEnd())
                        .startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void who_does_not_begin_with_it_is_closed() {
        try (var server = behind("127.0.0.1");
                var client = RawClient.to(server)) {
            assertThat(client.send(RawClient.HEADER).expectEndOr("<stream:features"))
                    .doesNotContain("<stream");
        }
    }

    @Test
    void a_proxy_that_is_not_trusted_is_closed_whatever_it_says() {
        try (var server = behind("192.0.2.1");
                var client = RawClient.to(server)) {
            client.trySend(V1 + RawClient.HEADER);
            assertThat(client.expectEndOr("<stream:features")).doesNotContain("<stream");
        }
    }

    @Test
    void without_the_option_nobody_can_claim_an_address() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var client = RawClient.to(server)) {
            assertThat(client.send(V1).expectEnd()).contains("<stream:error>");
        }
    }
}
