package io.escalus4j.server.time;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The places where work passes from one part of a server to the next, and where it may wait without breaking any promise:
 * before a login has succeeded, before modules hear of a bound resource, before a stanza enters, before it is routed, before
 * the turn in a lane, before a session is resumed or ends. A test may make it wait there, so that races show. Thread-safe.
 */
public interface Hops extends AutoCloseable {
    /** Nothing ever waits. */
    Hops STRAIGHT = new Straight();

    /** Runs {@code task}, now or later, on this thread or another; it must not block. */
    void run(String hop, Object who, Runnable task);

    /** The same for work that ends later; the stage ends as the work does. */
    <T> CompletionStage<T> pass(String hop, Object who, Supplier<CompletionStage<T>> work);

    /** What still waits never runs. */
    @Override
    void close();
}
