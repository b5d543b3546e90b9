package io.escalus4j.server.net.http;

import io.escalus4j.server.net.Tls;
import io.escalus4j.server.stream.StreamContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns an HTTP connection into a WebSocket that speaks XMPP (RFC 6455 section 4.2, RFC 7395 section 3.1). Extensions
 * are not taken up: compression next to secrets tells them (RFC 7692 section 8).
 */
record WebSocketUpgrade(StreamContext context, Optional<Tls> tls) {
    private static final String XMPP = "xmpp";

    void answer(ChannelHandlerContext from, FullHttpRequest request, HttpAnswer answer, HttpRequests requests) {
        var headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            answer.text(HttpResponseStatus.UPGRADE_REQUIRED, "WebSocket is spoken here (RFC 6455 section 4.1)\n");
        } else if (!speaksXmpp(request)) {
            answer.text(HttpResponseStatus.BAD_REQUEST, "the subprotocol must be xmpp (RFC 7395 section 3.1)\n");
        } else {
            upgrade(from, request, answer, requests);
        }
    }

    private static boolean speaksXmpp(FullHttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .anyMatch(protocol -> protocol.trim().equals(XMPP));
    }

    private void upgrade(
            ChannelHandlerContext from, FullHttpRequest request, HttpAnswer answer, HttpRequests requests) {
        int bytes = context.config().streams().stanzaBytes() + HttpListener.ENVELOPE_BYTES;
        var decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(bytes)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build();
        var handshaker = new WebSocketServerHandshakerFactory(request.uri(), XMPP, decoding).newHandshaker(request);
        if (handshaker == null) {
            answer.text(HttpResponseStatus.UPGRADE_REQUIRED, "the version must be 13 (RFC 6455 section 4.4)\n");
            return;
        }
        try {
            handshaker.handshake(from.channel(), request);
        } catch (WebSocketHandshakeException incomplete) {
            answer.text(HttpResponseStatus.BAD_REQUEST, "the handshake is not complete (RFC 6455 section 4.2.1)\n");
            return;
        }
        from.pipeline().remove(requests);
        from.pipeline()
                .addLast(new WebSocketFrameAggregator(bytes))
                .addLast(new WebSocketConnection(from.channel(), context, tls));
    }
}
