package io.escalus4j.server.net;

import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.time.Timer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first bytes of a connection that comes through a proxy: where it really comes from (the PROXY protocol of HAProxy,
 * versions 1 and 2). Whoever sends it can claim any address, so only proxies that are trusted get in, and what begins
 * otherwise does not, since one must never guess (its section 2). Confined to the channel's event loop.
 */
public final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);
    private static final AttributeKey<InetAddress> ADDRESS = AttributeKey.valueOf(ProxyHeader.class, "address");
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Time time;
    private final Consumer<Channel> pipeline;
    private Timer limit = () -> {};

    private ProxyHeader(Time time, Consumer<Channel> pipeline) {
        this.time = time;
        this.pipeline = pipeline;
    }

    /** Makes the pipeline when the header is there, or at once where there is none. */
    static void before(Channel channel, ListenConfig config, Time time, Consumer<Channel> pipeline) {
        if (!config.proxyProtocol()) {
            pipeline.accept(channel);
        } else if (isTrusted(channel, config)) {
            channel.pipeline().addLast(new HAProxyMessageDecoder(), new ProxyHeader(time, pipeline));
        } else {
            LOG.warn("event=proxy-not-trusted address={}", remote(channel));
            channel.close();
        }
    }

    private static boolean isTrusted(Channel channel, ListenConfig config) {
        InetAddress remote = remote(channel);
        return config.proxyTrusted().stream()
                .map(NetUtil::createByteArrayFromIpAddressString)
                .anyMatch(trusted -> trusted != null && remote.equals(address(trusted)));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static InetAddress remote(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    /** Where the peer is: what the proxy says, if one spoke first. */
    public static InetAddress address(Channel channel) {
        return Optional.ofNullable(channel.attr(ADDRESS).get()).orElseGet(() -> remote(channel));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        limit = time.after(LONGEST, context::close);
        context.channel().closeFuture().addListener(closed -> limit.cancel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        limit.cancel();
    }

    /** A proxy that only looks whether we live (LOCAL), or does not know, speaks for itself. */
    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        Optional.ofNullable(header.sourceAddress())
                .filter(source -> header.command() == HAProxyCommand.PROXY)
                .map(NetUtil::createByteArrayFromIpAddressString)
                .ifPresent(bytes -> context.channel().attr(ADDRESS).set(address(bytes)));
        pipeline.accept(context.channel());
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("event=proxy-header-refused address={} cause={}", remote(context.channel()), cause.toString());
        context.close();
    }
}
