package io.escalus4j.server.net.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * Whose pages may connect (RFC 6454): a browser tells on each page by its Origin, and any page may try to reach any
 * server. Nobody else sends one. Immutable.
 */
record Origins(List<String> allowed) {

    Optional<String> of(HttpHeaders request) {
        return Optional.ofNullable(request.get(HttpHeaderNames.ORIGIN));
    }

    boolean allow(HttpHeaders request) {
        return of(request)
                .map(origin -> allowed.contains("*") || allowed.contains(origin))
                .orElse(true);
    }

    /** Lets the page that asked read the answer (Fetch standard, CORS protocol). */
    void permit(HttpHeaders request, HttpHeaders answer) {
        of(request)
                .filter(origin -> allow(request))
                .ifPresent(origin -> answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                        .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN));
    }
}
