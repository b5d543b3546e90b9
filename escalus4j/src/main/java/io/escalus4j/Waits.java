package io.escalus4j;

import io.escalus4j.wire.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for futures with a deadline. */
final class Waits {
    private Waits() {}

    /** Whether {@code future} was done in time, in whatever way. */
    static boolean until(CompletableFuture<?> future, Deadline deadline) {
        try {
            future.get(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw Interrupted.now();
        }
    }
}
