package io.escalus4j.server.net.http;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.HttpConfig;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells clients which ways over HTTP there are (XEP-0156 section 3, RFC 6415). */
record HostMeta(HttpConfig config, boolean secure) {
    static final String XML = "/.well-known/host-meta";
    static final String JSON = "/.well-known/host-meta.json";
    private static final String XRD = "http://docs.oasis-open.org/ns/xri/xrd-1.0";
    private static final String WEBSOCKET = "urn:xmpp:alt-connections:websocket";
    private static final String BOSH = "urn:xmpp:alt-connections:xbosh";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,261}");

    void answer(String path, FullHttpRequest request, HttpAnswer answer) {
        var host = config.publicHost()
                .or(() -> Optional.ofNullable(request.headers().get(HttpHeaderNames.HOST)))
                .filter(name -> HOST.matcher(name).matches());
        if (!request.method().equals(HttpMethod.GET)) {
            answer.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "this is to be read (RFC 6415 section 2)\n");
        } else if (host.isEmpty()) {
            answer.text(HttpResponseStatus.BAD_REQUEST, "the request names no host (RFC 9112 section 3.2)\n");
        } else if (path.equals(XML)) {
            answer.ok("application/xrd+xml; charset=utf-8", xml(host.get()));
        } else {
            answer.ok("application/json", json(host.get()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String webSocket(String host) {
        return (secure ? "wss://" : "ws://") + host + config.wsPath();
    }

    private String bosh(String host) {
        return (secure ? "https://" : "http://") + host + config.boshPath();
    }

    private byte[] xml(String host) {
        return Element.of("XRD", XRD)
                .with(link(WEBSOCKET, webSocket(host)), link(BOSH, bosh(host)))
                .toBytes();
    }

    private static Element link(String relation, String address) {
        return Element.of("Link", XRD).with("rel", relation).with("href", address);
    }

    /** No part of it can hold what JSON would have to escape. */
    private String json(String host) {
        return "{\"links\":[{\"rel\":\"%s\",\"href\":\"%s\"},{\"rel\":\"%s\",\"href\":\"%s\"}]}"
                .formatted(WEBSOCKET, webSocket(host), BOSH, bosh(host));
    }
}
