package io.escalus4j.server.net;

import io.escalus4j.server.auth.TlsChannel;
import io.escalus4j.server.stream.Framing;
import io.escalus4j.server.stream.InboundStream;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.function.Function;

/** A TCP connection of a client or a component (RFC 6120 section 3). Confined to the channel's event loop. */
final class ClientConnection extends ChannelWire {
    private final Tls tls;
    private boolean finished;

    /** To be made on the channel's event loop, when it is registered there. */
    ClientConnection(
            Channel channel, StreamContext context, Tls tls, String transport, Function<Wire, InboundStream> stream) {
        super(channel, context, transport, stream);
        this.tls = tls;
    }

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

    // ---- for the stream

    @Override
    public Framing framing() {
        return Framing.STREAM;
    }

    @Override
    public TlsChannel security() {
        return ssl().map(tls::channel).orElse(TlsChannel.NONE);
    }

    /** Within one turn of the event loop: what was written is in the channel's own buffer, behind the pipeline's back. */
    @Override
    public void secure() {
        channel.pipeline().addFirst(tls.afterStartTls(channel.alloc()));
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
        awaitPeersEnd();
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
}
