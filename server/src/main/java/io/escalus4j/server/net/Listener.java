package io.escalus4j.server.net;

import io.escalus4j.server.stream.ClientStream;
import io.escalus4j.server.stream.ComponentContext;
import io.escalus4j.server.stream.ComponentStream;
import io.escalus4j.server.stream.StreamContext;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** A port that clients connect to. Thread-safe. */
public final class Listener {
    private static final int BACKLOG = 1024;

    private final Channel channel;
    private final ChannelGroup connections;

    private Listener(Channel channel, ChannelGroup connections) {
        this.channel = channel;
        this.connections = connections;
    }

    /** Streams begin in the clear here (RFC 6120 section 3.2). */
    public static Listener ofTcp(InetSocketAddress address, EventLoopGroup loops, StreamContext context, Tls tls) {
        return of(address, loops, context, made -> made.pipeline().addLast(client(made, context, tls, "tcp")));
    }

    /** TLS comes first here (XEP-0368). */
    public static Listener ofTls(InetSocketAddress address, EventLoopGroup loops, StreamContext context, Tls tls) {
        return of(
                address,
                loops,
                context,
                made -> made.pipeline().addLast(tls.direct(made.alloc())).addLast(client(made, context, tls, "tls")));
    }

    /** Other programs that serve a domain connect here, in the clear (XEP-0114). */
    public static Listener ofComponents(
            InetSocketAddress address, EventLoopGroup loops, ComponentContext context, Tls tls) {
        return of(
                address,
                loops,
                context.streams(),
                made -> made.pipeline()
                        .addLast(new ClientConnection(
                                made, context.streams(), tls, "component", wire -> ComponentStream.on(wire, context))));
    }

    private static ClientConnection client(Channel made, StreamContext context, Tls tls, String transport) {
        return new ClientConnection(made, context, tls, transport, wire -> ClientStream.on(wire, context));
    }

    /** @param pipeline adds the handlers to a connection that was just made */
    public static Listener of(
            InetSocketAddress address, EventLoopGroup loops, StreamContext context, Consumer<Channel> pipeline) {
        var connections = new DefaultChannelGroup(loops.next());
        var binding = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        connections.add(made);
                        ProxyHeader.before(made, context.config().listen(), context.time(), pipeline);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            var cause = binding.cause();
            String why = address.isUnresolved() ? "no such host" : cause.getMessage();
            throw new UncheckedIOException(
                    "cannot listen on %s: %s".formatted(text(address), why), new IOException(cause));
        }
        return new Listener(binding.channel(), connections);
    }

    private static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return host + ':' + address.getPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes no more connections; those that are there are told. */
    public void stopAccepting() {
        channel.close().awaitUninterruptibly();
        connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(new Ending()));
    }

    /** What the pipelines of all connections are told when the server is about to end. */
    public record Ending() {}

    /** Waits for the connections to end, and cuts what has not ended in time. */
    public void close(Duration limit) {
        connections.newCloseFuture().awaitUninterruptibly(limit.toMillis());
        connections.close().awaitUninterruptibly();
    }
}
