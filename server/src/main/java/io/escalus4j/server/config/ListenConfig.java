package io.escalus4j.server.config;

import java.util.Optional;

/**
 * Where clients connect.
 *
 * @param address to bind; empty: every address in production, the loopback address in a test
 * @param c2sPort where streams begin in the clear and go on with STARTTLS; 0: any free port
 * @param tlsPort where TLS comes first (XEP-0368); 0: any free port; empty: nowhere
 * @param threads that do all of the network's work; 0: one per processor
 */
public record ListenConfig(Optional<String> address, int c2sPort, Optional<Integer> tlsPort, int threads) {
    /** In somebody's test: the loopback address, free ports. */
    public static final ListenConfig EMBEDDED = new ListenConfig(Optional.of("127.0.0.1"), 0, Optional.of(0), 0);

    /** On its own: port 5222 (RFC 6120 section 14.7). */
    public static final ListenConfig STANDALONE = new ListenConfig(Optional.empty(), 5222, Optional.empty(), 0);

    public ListenConfig {
        requirePort("c2s_port", c2sPort);
        tlsPort.ifPresent(port -> requirePort("tls_port", port));
        Require.atLeast("threads", 0, threads);
    }

    private static void requirePort(String setting, int port) {
        Require.that(port >= 0 && port <= 65535, "%s must be 0 to 65535, was %d", setting, port);
    }

    public ListenConfig c2sPort(int port) {
        return new ListenConfig(address, port, tlsPort, threads);
    }

    public ListenConfig tlsPort(Optional<Integer> port) {
        return new ListenConfig(address, c2sPort, port, threads);
    }
}
