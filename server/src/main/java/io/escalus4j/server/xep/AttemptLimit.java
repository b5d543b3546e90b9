package io.escalus4j.server.xep;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.time.Time;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often one address may try something within a window of time. Thread-safe.
 *
 * <p>A window starts with the first attempt. Neighbours in an IPv6 /64, which is what one subscriber gets, count as one.
 * The memory is bounded: with more addresses than {@link #MAX_ADDRESSES} those that were least active start anew.
 */
final class AttemptLimit {
    private static final int MAX_ADDRESSES = 10_000;
    private static final int PREFIX_BYTES = 8;

    private final int limit;
    private final Cache<ByteBuffer, AtomicInteger> attempts;

    AttemptLimit(int limit, Duration window, Time time) {
        this.limit = limit;
        this.attempts = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterWrite(window)
                .ticker(time::ticks)
                .build();
    }

    /** Counts this attempt too. */
    boolean allows(InetAddress address) {
        return attempts.get(network(address), first -> new AtomicInteger()).incrementAndGet() <= limit;
    }

    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? ByteBuffer.wrap(bytes, 0, PREFIX_BYTES) : ByteBuffer.wrap(bytes);
    }
}
