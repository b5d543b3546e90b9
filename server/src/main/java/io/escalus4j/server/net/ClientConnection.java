package io.escalus4j.server.net;

import io.escalus4j.server.auth.TlsChannel;
import io.escalus4j.server.stream.ClientStream;
import io.escalus4j.server.stream.Framing;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's TCP connection, the last handler of its pipeline. Confined to the channel's event loop. */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    /** What a peer may still say when its stream is over; it is read so that the peer gets to read our last words. */
    private static final int MAX_IGNORED_BYTES = 1024 * 1024;

    private final Channel channel;
    private final StreamContext context;
    private final Tls tls;
    private final String transport;
    private final InetAddress address;
    private final ClientStream stream;
    private boolean finished;
    private int ignored;

    /** To be made on the channel's event loop, when it is registered there. */
    ClientConnection(Channel channel, StreamContext context, Tls tls, String transport) {
        this.channel = channel;
        this.context = context;
        this.tls = tls;
        this.transport = transport;
        this.address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        this.stream = ClientStream.on(this, context);
        channel.closeFuture().addListener(closed -> stream.disconnected());
    }

    // ---- from Netty

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (finished) {
                ignore(bytes.readableBytes());
            } else {
                stream.received(bytes.nioBuffer());
            }
        } finally {
            bytes.release();
        }
    }

    private void ignore(int bytes) {
        ignored += bytes;
        if (ignored > MAX_IGNORED_BYTES) {
            abort();
        }
    }

    /** A reset connection, a failed handshake: nothing is said on it any more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOG.debug("event=connection-failed address={} cause={}", address, cause.toString());
        abort();
    }

    // ---- for the stream

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public Framing framing() {
        return Framing.STREAM;
    }

    @Override
    public boolean isSecure() {
        return ssl().isPresent();
    }

    @Override
    public TlsChannel security() {
        return ssl().map(tls::channel).orElse(TlsChannel.NONE);
    }

    private Optional<SslHandler> ssl() {
        return Optional.ofNullable(channel.pipeline().get(SslHandler.class));
    }

    /** Within one turn of the event loop: what was written is in the channel's own buffer, behind the pipeline's back. */
    @Override
    public void secure() {
        channel.pipeline().addFirst(tls.afterStartTls(channel.alloc()));
    }

    @Override
    public void reading(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public void write(List<byte[]> bytes, Runnable written) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes.toArray(byte[][]::new)))
                .addListener(done -> written.run());
    }

    @Override
    public void finish() {
        finished = true;
        if (isShakingHands()) {
            abort(); // nothing can be said to this peer
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> endOurSide());
        var limit = context.time().after(context.config().streams().closeTime(), this::abort);
        channel.closeFuture().addListener(closed -> limit.cancel());
        reading(true);
    }

    private boolean isShakingHands() {
        return ssl().filter(secure -> !secure.handshakeFuture().isSuccess()).isPresent();
    }

    /** A connection closed while the peer's bytes are unread is reset, and our last words with it: so only our side is. */
    private void endOurSide() {
        ssl().ifPresentOrElse(
                        secure -> secure.closeOutbound().addListener(said -> shutdownOutput()), this::shutdownOutput);
    }

    private void shutdownOutput() {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    @Override
    public void abort() {
        channel.close();
    }

    @Override
    public boolean inEventLoop() {
        return channel.eventLoop().inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }
}
