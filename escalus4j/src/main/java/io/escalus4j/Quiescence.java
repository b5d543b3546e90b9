package io.escalus4j;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Knows when a server is idle: nothing that it has read is still on its way to anybody. Thread-safe. */
@FunctionalInterface
public interface Quiescence {
    /**
     * Returns once everything that the server had read before the call has been written to the sockets of those whom it
     * concerns.
     *
     * @throws TimeoutException if that takes longer
     */
    void await(Duration timeout) throws TimeoutException, InterruptedException;
}
