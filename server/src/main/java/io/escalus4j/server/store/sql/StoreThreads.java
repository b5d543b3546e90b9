package io.escalus4j.server.store.sql;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that wait for a database: virtual ones where the JVM has such that let go of their carrier in a
 * {@code synchronized} block too, of which drivers have many (Java 24, JEP 491), platform threads elsewhere.
 */
final class StoreThreads {
    private static final int NOT_PINNED = 24;

    private StoreThreads() {}

    /** Daemons, numbered from 1. */
    static ThreadFactory named(String prefix) {
        return virtual(prefix).orElseGet(() -> platform(prefix));
    }

    private static ThreadFactory platform(String prefix) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@code Thread.ofVirtual().name(prefix, 1).factory()}, for which this is compiled for too old a Java. */
    private static Optional<ThreadFactory> virtual(String prefix) {
        if (Runtime.version().feature() < NOT_PINNED) {
            return Optional.empty();
        }
        try {
            var builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            return Optional.of((ThreadFactory) factory(builder).invoke(prefix, 1L));
        } catch (Throwable missing) {
            throw new IllegalStateException("this Java has no virtual threads", missing);
        }
    }

    private static MethodHandle factory(Class<?> builder) throws ReflectiveOperationException {
        var lookup = MethodHandles.publicLookup();
        var fresh = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
        var name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
        var factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
        return MethodHandles.filterReturnValue(MethodHandles.foldArguments(name, fresh), factory);
    }
}
