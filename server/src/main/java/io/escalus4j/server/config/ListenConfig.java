package io.escalus4j.server.config;

import java.util.List;
import java.util.Optional;

/**
 * Where clients connect.
 *
 * @param address to bind; empty: every address in production, the loopback address in a test
 * @param c2sPort where streams begin in the clear and go on with STARTTLS; 0: any free port
 * @param tlsPort where TLS comes first (XEP-0368); 0: any free port; empty: nowhere
 * @param httpPort where WebSocket and BOSH are spoken without TLS, which in production serves nobody; as {@code tlsPort}
 * @param httpsPort where WebSocket and BOSH are spoken over TLS; as {@code tlsPort}
 * @param proxyProtocol whether every connection begins with a PROXY header that says where it comes from
 * @param proxyTrusted the addresses that such connections come from, all others are closed
 * @param threads that do all of the network's work; 0: one per processor
 */
public record ListenConfig(
        Optional<String> address,
        int c2sPort,
        Optional<Integer> tlsPort,
        Optional<Integer> httpPort,
        Optional<Integer> httpsPort,
        boolean proxyProtocol,
        List<String> proxyTrusted,
        int threads) {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    /** In somebody's test: the loopback address, free ports. */
    public static final ListenConfig EMBEDDED = new ListenConfig(
            Optional.of("127.0.0.1"), 0, Optional.of(0), Optional.of(0), Optional.of(0), false, LOOPBACK, 0);

    /** On its own: port 5222 (RFC 6120 section 14.7). */
    public static final ListenConfig STANDALONE = new ListenConfig(
            Optional.empty(), 5222, Optional.empty(), Optional.empty(), Optional.empty(), false, LOOPBACK, 0);

    public ListenConfig {
        proxyTrusted = List.copyOf(proxyTrusted);
        requirePort("c2s_port", c2sPort);
        tlsPort.ifPresent(port -> requirePort("tls_port", port));
        httpPort.ifPresent(port -> requirePort("http_port", port));
        httpsPort.ifPresent(port -> requirePort("https_port", port));
        Require.atLeast("threads", 0, threads);
        proxyTrusted.forEach(ListenConfig::requireAddress);
    }

    private static void requirePort(String setting, int port) {
        Require.that(port >= 0 && port <= 65535, "%s must be 0 to 65535, was %d", setting, port);
    }

    /** Names are not looked up: who is trusted must not depend on somebody else's DNS. */
    private static void requireAddress(String text) {
        Require.that(
                text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"),
                "proxy_trusted must be addresses as in 10.0.0.1 or fd00::1, there was '%s'",
                text);
    }

    public ListenConfig c2sPort(int port) {
        return new ListenConfig(address, port, tlsPort, httpPort, httpsPort, proxyProtocol, proxyTrusted, threads);
    }

    public ListenConfig tlsPort(Optional<Integer> port) {
        return new ListenConfig(address, c2sPort, port, httpPort, httpsPort, proxyProtocol, proxyTrusted, threads);
    }

    public ListenConfig httpPort(Optional<Integer> port) {
        return new ListenConfig(address, c2sPort, tlsPort, port, httpsPort, proxyProtocol, proxyTrusted, threads);
    }

    public ListenConfig httpsPort(Optional<Integer> port) {
        return new ListenConfig(address, c2sPort, tlsPort, httpPort, port, proxyProtocol, proxyTrusted, threads);
    }

    /** Connections come through proxies at these addresses, and from nowhere else. */
    public ListenConfig proxies(List<String> trusted) {
        return new ListenConfig(address, c2sPort, tlsPort, httpPort, httpsPort, true, trusted, threads);
    }
}
