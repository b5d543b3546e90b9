package io.escalus4j.server.net.http;

import io.escalus4j.server.net.Listener;
import io.escalus4j.server.net.ProxyHeader;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.time.Timer;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one HTTP connection, one at a time: whoever sends another before the answer is cut off, since answers
 * must not come in another order (RFC 9112 section 9.3.2). Confined to the channel's event loop.
 */
final class HttpRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRequests.class);

    private final StreamContext context;
    private final BoshSessions sessions;
    private final Origins origins;
    private final Optional<Tls> tls;
    private final boolean usable;
    private Optional<Timer> deadline = Optional.empty();
    private boolean waiting;
    private boolean ending;

    /**
     * @param tls what is under it
     * @param usable whether streams may go over this connection
     */
    HttpRequests(StreamContext context, BoshSessions sessions, Optional<Tls> tls, boolean usable) {
        this.context = context;
        this.sessions = sessions;
        this.origins = new Origins(context.config().http().origins());
        this.tls = tls;
        this.usable = usable;
    }

    // ---- how long it may take

    @Override
    public void handlerAdded(ChannelHandlerContext from) {
        awaitRequest(from);
        from.channel().closeFuture().addListener(closed -> stopTheClock());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext from) {
        stopTheClock();
    }

    private void awaitRequest(ChannelHandlerContext from) {
        deadline = Optional.of(context.time().after(context.config().http().requestTime(), () -> tooLate(from)));
    }

    private void tooLate(ChannelHandlerContext from) {
        LOG.debug("event=http-request-late channel={}", from.channel().remoteAddress());
        from.close();
    }

    private void stopTheClock() {
        deadline.ifPresent(Timer::cancel);
        deadline = Optional.empty();
    }

    /** Whether the server ends: who waits for an answer gets it, who waits for nothing goes. */
    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (event instanceof Listener.Ending) {
            ending = true;
            if (!waiting) {
                from.close();
            }
        }
    }

    private void answered(ChannelHandlerContext from) {
        waiting = false;
        if (ending) {
            from.executor().execute(from::close); // behind the answer
        } else {
            awaitRequest(from);
        }
    }

    // ---- what is asked

    @Override
    protected void channelRead0(ChannelHandlerContext from, FullHttpRequest request) {
        if (waiting) {
            from.close();
            return;
        }
        waiting = true;
        stopTheClock();
        var answer = new HttpAnswer(from.channel(), origins, request, () -> answered(from));
        if (request.decoderResult().isFailure()) {
            answer.text(HttpResponseStatus.BAD_REQUEST, "this is no HTTP/1.1 (RFC 9112)\n");
        } else if (!usable) {
            answer.text(HttpResponseStatus.FORBIDDEN, "nothing is served without TLS (RFC 7395 section 3.9)\n");
        } else {
            route(from, request, answer);
        }
    }

    private void route(ChannelHandlerContext from, FullHttpRequest request, HttpAnswer answer) {
        String path = new QueryStringDecoder(request.uri()).path();
        var http = context.config().http();
        if (path.equals(http.wsPath()) || path.equals(http.boshPath())) {
            stream(from, request, answer, path.equals(http.wsPath()));
        } else if (path.equals(HostMeta.XML) || path.equals(HostMeta.JSON)) {
            new HostMeta(http, tls.isPresent()).answer(path, request, answer);
        } else {
            answer.text(HttpResponseStatus.NOT_FOUND, "there is nothing here\n");
        }
    }

    private void stream(ChannelHandlerContext from, FullHttpRequest request, HttpAnswer answer, boolean webSocket) {
        if (!origins.allow(request.headers())) {
            context.metrics().limitHit("origin");
            LOG.info("event=origin-refused address={}", from.channel().remoteAddress());
            answer.text(HttpResponseStatus.FORBIDDEN, "pages of this origin may not connect (http.origins)\n");
        } else if (webSocket) {
            new WebSocketUpgrade(context, tls).answer(from, request, answer, this);
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            answer.preflight();
        } else if (request.method().equals(HttpMethod.POST)) {
            sessions.received(
                    ByteBufUtil.getBytes(request.content()),
                    ProxyHeader.address(from.channel()),
                    tls.isPresent(),
                    answer);
        } else {
            answer.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "BOSH is spoken by POST (XEP-0124 section 5)\n");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOG.debug("event=http-failed channel={} cause={}", from.channel().remoteAddress(), cause.toString());
        from.close();
    }
}
