package io.escalus4j.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a proxy says ahead of a connection: whose it is (HAProxy's PROXY protocol, versions 1 and 2). */
public final class ProxyHeader {
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;

    private ProxyHeader() {}

    /** Version 1, for example {@code PROXY TCP4 192.0.2.7 192.0.2.1 50000 5222}; both addresses are of one family. */
    public static byte[] text(InetSocketAddress from, InetSocketAddress to) {
        InetAddress target = target(from, to);
        return "PROXY %s %s %s %d %d\r\n"
                .formatted(
                        isIpv6(from) ? "TCP6" : "TCP4",
                        from.getAddress().getHostAddress(),
                        target.getHostAddress(),
                        from.getPort(),
                        to.getPort())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Version 2, in binary. */
    public static byte[] binary(InetSocketAddress from, InetSocketAddress to) {
        byte[] source = from.getAddress().getAddress();
        byte[] target = target(from, to).getAddress();
        int length = source.length + target.length + 4;
        return ByteBuffer.allocate(SIGNATURE.length + 4 + length)
                .put(SIGNATURE)
                .put(VERSION_2_PROXY)
                .put(isIpv6(from) ? TCP_OVER_IPV6 : TCP_OVER_IPV4)
                .putShort((short) length)
                .put(source)
                .put(target)
                .putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .array();
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /** Of the family of {@code from}: a proxy may be reached by another. */
    private static InetAddress target(InetSocketAddress from, InetSocketAddress to) {
        boolean same = to.getAddress() != null && isIpv6(from) == isIpv6(to);
        return same ? to.getAddress() : from.getAddress();
    }
}
