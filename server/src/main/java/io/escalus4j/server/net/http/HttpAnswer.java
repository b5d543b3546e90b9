package io.escalus4j.server.net.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** The place for the one answer to a request, now or later. Thread-safe. */
final class HttpAnswer {
    private final Channel channel;
    private final Origins origins;
    private final HttpHeaders request;
    private final boolean keepsAlive;
    private final Runnable answered;
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param answered runs on the channel's event loop just before the answer goes out */
    HttpAnswer(Channel channel, Origins origins, FullHttpRequest request, Runnable answered) {
        this.channel = channel;
        this.origins = origins;
        this.request = request.headers().copy();
        this.keepsAlive = HttpUtil.isKeepAlive(request);
        this.answered = answered;
    }

    void text(HttpResponseStatus status, String text) {
        send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), () -> {});
    }

    void ok(String contentType, byte[] content) {
        send(HttpResponseStatus.OK, contentType, content, () -> {});
    }

    /** @param written runs, on any thread, when it is in the socket, or lost with it */
    void ok(String contentType, byte[] content, Runnable written) {
        send(HttpResponseStatus.OK, contentType, content, written);
    }

    /** What another page may do (Fetch standard, CORS-preflight request). */
    void preflight() {
        var answer = response(HttpResponseStatus.NO_CONTENT, new byte[0]);
        answer.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "POST, OPTIONS")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");
        send(answer, () -> {});
    }

    private void send(HttpResponseStatus status, String contentType, byte[] content, Runnable written) {
        var answer = response(status, content);
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        send(answer, written);
    }

    private FullHttpResponse response(HttpResponseStatus status, byte[] content) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
        HttpUtil.setContentLength(answer, content.length);
        answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store").set("X-Content-Type-Options", "nosniff");
        origins.permit(request, answer.headers());
        return answer;
    }

    private void send(FullHttpResponse answer, Runnable written) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        boolean stays = keepsAlive && answer.status().code() < HttpResponseStatus.BAD_REQUEST.code();
        HttpUtil.setKeepAlive(answer, stays);
        channel.eventLoop().execute(() -> {
            answered.run();
            channel.writeAndFlush(answer)
                    .addListener(sent -> written.run())
                    .addListener(stays ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
        });
    }

    /** Says nothing, and never will. */
    void abort() {
        channel.close();
    }
}
