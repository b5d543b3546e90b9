package io.escalus4j.server.net.http;

import io.escalus4j.server.auth.TlsChannel;
import io.escalus4j.server.net.ChannelWire;
import io.escalus4j.server.net.Listener;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.stream.ClientStream;
import io.escalus4j.server.stream.Framing;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.StreamErrors;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.List;
import java.util.Optional;

/**
 * A stream in the text messages of a WebSocket (RFC 7395). Confined to the channel's event loop.
 *
 * <p>A client that ends the WebSocket without ending its stream is lost, and may resume its session (section 3.6).
 */
final class WebSocketConnection extends ChannelWire {
    private final Optional<Tls> tls;
    private WebSocketCloseStatus closing = WebSocketCloseStatus.NORMAL_CLOSURE;
    private boolean finished;
    private boolean heard = true;
    private boolean left;

    WebSocketConnection(Channel channel, StreamContext context, Optional<Tls> tls) {
        super(channel, context, tls.isPresent() ? "wss" : "ws", wire -> ClientStream.on(wire, context));
        this.tls = tls;
        var pings = context.time().every(context.config().http().ping(), () -> execute(this::ping));
        channel.closeFuture().addListener(closed -> pings.cancel());
    }

    /** Who has said nothing since the last ping, not even pong, is gone (section 3.8). */
    private void ping() {
        if (!heard) {
            abort();
            return;
        }
        heard = false;
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    // ---- from Netty

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        heard = true;
        try {
            taken((WebSocketFrame) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void taken(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            closed(close);
        } else if (frame instanceof PingWebSocketFrame) {
            channel.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (finished) {
            ignore(frame.content().readableBytes());
        } else if (frame instanceof TextWebSocketFrame) {
            stream.received(frame.content().nioBuffer());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            fail(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "a message is text (RFC 7395 section 3.2)");
        }
    }

    /** Each side says it once, and ours is the last that is written (RFC 6455 section 5.5.1). */
    private void closed(CloseWebSocketFrame close) {
        if (finished) {
            channel.close();
        } else {
            finished = true;
            left = true;
            int status = close.statusCode() < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : close.statusCode();
            channel.writeAndFlush(new CloseWebSocketFrame(status, "")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            fail(corrupted.closeStatus(), corrupted.getMessage());
        } else if (cause instanceof TooLongFrameException tooLong) {
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG, tooLong.getMessage());
        } else {
            super.exceptionCaught(from, cause);
        }
    }

    private void fail(WebSocketCloseStatus status, String why) {
        closing = status;
        boolean tooBig = status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        if (tooBig) {
            context.metrics().limitHit("ws-message");
        }
        stream.close(tooBig ? StreamErrors.tooBig(why) : StreamErrors.brokenFrame(why));
    }

    /** The server ends: its streams are told by themselves. */
    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (event instanceof Listener.Ending) {
            closing = WebSocketCloseStatus.ENDPOINT_UNAVAILABLE;
        }
    }

    // ---- for the stream

    @Override
    public Framing framing() {
        return Framing.FRAMES;
    }

    @Override
    public TlsChannel security() {
        return tls.flatMap(under -> ssl().map(under::channel)).orElse(TlsChannel.NONE);
    }

    /** TLS is a matter of HTTP, which has been settled. */
    @Override
    public void secure() {
        throw new IllegalStateException("there is no STARTTLS in a WebSocket (RFC 7395 section 3.9)");
    }

    @Override
    public void write(List<byte[]> bytes, Runnable written) {
        if (left) { // nothing follows a close frame
            written.run();
            return;
        }
        var all = new PromiseCombiner(channel.eventLoop());
        for (byte[] one : bytes) {
            all.add(channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(one))));
        }
        channel.flush();
        all.finish(channel.newPromise().addListener(done -> written.run()));
    }

    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            channel.writeAndFlush(new CloseWebSocketFrame(closing));
            awaitPeersEnd();
        }
    }
}
