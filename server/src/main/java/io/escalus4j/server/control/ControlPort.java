package io.escalus4j.server.control;

import io.escalus4j.server.XmppServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A door to a server's inside for tests in another process: JSON over HTTP on the loopback address, for who has the token
 * (docs/control-api.md). It exists in the test profile only. Thread-safe.
 *
 * <p>One request at a time is worked on, {@value #MOST_WAITING} may wait; {@value #MOST_CONNECTIONS} connections, bodies of
 * at most {@value #MOST_BYTES} bytes.
 */
public final class ControlPort implements AutoCloseable {
    private static final int MOST_WAITING = 64;
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_BYTES = 64 * 1024;
    private static final int TOKEN_BYTES = 32;

    private final ServerControl control;
    private final String token;
    private final MultiThreadIoEventLoopGroup loop;
    private final ThreadPoolExecutor worker;
    private final DefaultChannelGroup connections;
    private final Channel channel;

    private ControlPort(ServerControl control, String name, int port) {
        this.control = control;
        this.token = newToken();
        this.loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(name + "-control", true), NioIoHandler.newFactory());
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DefaultThreadFactory(name + "-control-work", true));
        this.connections = new DefaultChannelGroup(loop.next());
        this.channel = listen(port);
    }

    /**
     * @param port 0 for any free one
     * @throws IllegalStateException if the server is one for production
     * @throws UncheckedIOException if the port is taken
     */
    public static ControlPort open(XmppServer server, int port) {
        return new ControlPort(ServerControl.of(server), server.name(), port);
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Channel listen(int port) {
        var routes = new ControlRoutes(control);
        var binding = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        if (connections.size() >= MOST_CONNECTIONS) {
                            made.close();
                            return;
                        }
                        connections.add(made);
                        made.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MOST_BYTES, true))
                                .addLast(new ControlHandler(routes, token, worker));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            close();
            throw new UncheckedIOException(
                    "the control port cannot listen on %d: %s"
                            .formatted(port, binding.cause().getMessage()),
                    new IOException(binding.cause()));
        }
        return binding.channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** What must stand in {@code Authorization: Bearer TOKEN}: 256 random bits, others at each start. */
    public String token() {
        return token;
    }

    @Override
    public void close() {
        connections.close();
        worker.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(TimeUnit.SECONDS.toMillis(2));
        control.close();
    }
}
