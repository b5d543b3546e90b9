package io.escalus4j.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How streams go over HTTP (RFC 7395, XEP-0206).
 *
 * @param origins whose pages may connect, each as a browser says it; {@code *} lets all of them. Who is no browser says
 *     no origin and may always
 * @param wsPath where WebSocket is spoken
 * @param boshPath where BOSH is spoken
 * @param publicHost as in {@code chat.example.org:5443}: where clients are sent to (XEP-0156); empty: where they asked
 * @param ping how often a silent WebSocket is pinged; who has not answered by the next ping is gone
 * @param requestTime how long a connection may take until a request is there
 */
public record HttpConfig(
        List<String> origins,
        String wsPath,
        String boshPath,
        Optional<String> publicHost,
        Duration ping,
        Duration requestTime) {
    public static final HttpConfig STANDARD = new HttpConfig(
            List.of(), "/ws", "/http-bind", Optional.empty(), Duration.ofMinutes(1), Duration.ofSeconds(30));

    public HttpConfig {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            Require.that(
                    origin.matches("\\*|[a-z][a-z0-9+.-]*://[^/ ]+"),
                    "origins must be as in https://chat.example.org, or *, there was '%s'",
                    origin);
        }
        requirePath("ws_path", wsPath);
        requirePath("bosh_path", boshPath);
        Require.that(!wsPath.equals(boshPath), "bosh_path must differ from ws_path, both were %s", wsPath);
        publicHost.ifPresent(host -> Require.that(
                host.matches("[A-Za-z0-9.:\\[\\]-]+"),
                "public_host must be as in chat.example.org:5443, was '%s'",
                host));
        requireTime("ping", ping);
        requireTime("request_time", requestTime);
    }

    private static void requirePath(String setting, String path) {
        Require.that(
                path.matches("/[A-Za-z0-9._/-]+") && !path.startsWith("/.well-known/"),
                "%s must be as in /ws, was '%s'",
                setting,
                path);
    }

    private static void requireTime(String setting, Duration time) {
        Require.that(time.compareTo(Duration.ZERO) > 0, "%s must be above 0, was %dms", setting, time.toMillis());
    }

    public HttpConfig origins(List<String> allowed) {
        return new HttpConfig(allowed, wsPath, boshPath, publicHost, ping, requestTime);
    }

    public HttpConfig ping(Duration interval) {
        return new HttpConfig(origins, wsPath, boshPath, publicHost, interval, requestTime);
    }

    public HttpConfig requestTime(Duration time) {
        return new HttpConfig(origins, wsPath, boshPath, publicHost, ping, time);
    }
}
