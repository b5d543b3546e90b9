package io.escalus4j.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways of a stream to a server; each can tell the same story. */
public enum Transport {
    /** TCP in plain text (RFC 6120 section 3), for servers in tests. */
    TCP("tcp", Carrier.TCP, Tls.OFF, ""),
    /** TCP that is encrypted by STARTTLS (RFC 6120 section 5). */
    STARTTLS("starttls", Carrier.TCP, Tls.REQUIRED, ""),
    /** TLS from the first byte (XEP-0368). */
    TLS("tls", Carrier.TCP, Tls.DIRECT, ""),
    /** A WebSocket in plain text (RFC 7395), for servers in tests. */
    WS("ws", Carrier.WEB_SOCKET, Tls.OFF, "/ws"),
    /** A WebSocket over TLS. */
    WSS("wss", Carrier.WEB_SOCKET, Tls.DIRECT, "/ws"),
    /** Requests over HTTP in plain text (XEP-0206), for servers in tests. */
    BOSH("bosh", Carrier.BOSH, Tls.OFF, "/http-bind"),
    /** Requests over HTTP with TLS. */
    BOSH_TLS("bosh-tls", Carrier.BOSH, Tls.DIRECT, "/http-bind");

    /** What carries the stream. */
    enum Carrier {
        TCP,
        WEB_SOCKET,
        BOSH
    }

    private final String key;
    private final Carrier carrier;
    private final Tls tls;
    private final String path;

    Transport(String key, Carrier carrier, Tls tls, String path) {
        this.key = key;
        this.carrier = carrier;
        this.tls = tls;
        this.path = path;
    }

    /** As it is called in settings, for example {@code bosh-tls}. */
    public String key() {
        return key;
    }

    /** @throws IllegalArgumentException if there is no such transport */
    public static Transport of(String key) {
        return Arrays.stream(values())
                .filter(transport -> transport.key.equals(key.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'%s' is no transport, they are %s".formatted(key, keys())));
    }

    /** All of them, for people. */
    public static String keys() {
        return Arrays.stream(values()).map(Transport::key).collect(Collectors.joining(", "));
    }

    Carrier carrier() {
        return carrier;
    }

    /** How it is encrypted. */
    public Tls tls() {
        return tls;
    }

    /** Where it is found on a web server unless somebody says otherwise. */
    String path() {
        return path;
    }

    /** Whether it goes over HTTP. */
    public boolean isOverHttp() {
        return carrier != Carrier.TCP;
    }

    @Override
    public String toString() {
        return key;
    }
}
