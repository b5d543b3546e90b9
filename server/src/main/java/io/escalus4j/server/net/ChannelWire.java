package io.escalus4j.server.net;

import io.escalus4j.server.stream.InboundStream;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that has a connection to itself: the last handler of the pipeline. Confined to the channel's event loop. */
public abstract class ChannelWire extends ChannelInboundHandlerAdapter implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWire.class);
    /** What a peer may still say when its stream is over; it is read so that the peer gets to read our last words. */
    private static final int MAX_IGNORED_BYTES = 1024 * 1024;

    protected final Channel channel;
    protected final StreamContext context;
    protected final InboundStream stream;
    private final String transport;
    private final InetAddress address;
    private int ignored;

    /** To be made on the channel's event loop, when it is registered there. */
    protected ChannelWire(
            Channel channel, StreamContext context, String transport, Function<Wire, InboundStream> stream) {
        this.channel = channel;
        this.context = context;
        this.transport = transport;
        this.address = ProxyHeader.address(channel);
        this.stream = stream.apply(this);
        channel.closeFuture().addListener(closed -> this.stream.disconnected());
    }

    /** A reset connection, a failed handshake: nothing is said on it any more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOG.debug("event=connection-failed transport={} address={} cause={}", transport, address, cause.toString());
        abort();
    }

    /** What comes when the stream is over. */
    protected final void ignore(int bytes) {
        ignored += bytes;
        if (ignored > MAX_IGNORED_BYTES) {
            abort();
        }
    }

    /** The peer has some time to end its side too. */
    protected final void awaitPeersEnd() {
        var limit = context.time().after(context.config().streams().closeTime(), this::abort);
        channel.closeFuture().addListener(closed -> limit.cancel());
        reading(true);
    }

    protected final Optional<SslHandler> ssl() {
        return Optional.ofNullable(channel.pipeline().get(SslHandler.class));
    }

    // ---- for the stream

    @Override
    public final InetAddress address() {
        return address;
    }

    @Override
    public final String transport() {
        return transport;
    }

    @Override
    public final boolean isSecure() {
        return ssl().isPresent();
    }

    @Override
    public final void reading(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public final void abort() {
        channel.close();
    }

    @Override
    public final boolean inEventLoop() {
        return channel.eventLoop().inEventLoop();
    }

    @Override
    public final void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    @Override
    public final void whenWriting(Runnable writer) {
        BatchingLoop.whenWriting(channel.eventLoop(), writer);
    }
}
