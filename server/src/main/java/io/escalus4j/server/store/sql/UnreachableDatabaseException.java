package io.escalus4j.server.store.sql;

/** There is no such database, or it does not let us in; the message says why, without a password. */
public final class UnreachableDatabaseException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnreachableDatabaseException(String text, Throwable cause) {
        super(text, cause);
    }
}
