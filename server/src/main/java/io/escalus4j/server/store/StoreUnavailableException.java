package io.escalus4j.server.store;

import java.util.concurrent.RejectedExecutionException;

/**
 * A storage cannot do now what it is asked: too much waits for it, or it cannot be reached. Whoever asked may try again
 * later; the protocol says so with {@code resource-constraint} (RFC 6120 section 8.3.3.18).
 */
public final class StoreUnavailableException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String text, Throwable cause) {
        super(text, cause);
    }
}
