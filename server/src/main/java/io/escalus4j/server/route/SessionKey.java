package io.escalus4j.server.route;

/**
 * Names what a module keeps per session, an immutable value.
 *
 * <pre>{@code
 * private static final SessionKey<Boolean> ENABLED = new SessionKey<>("carbons", false);
 * }</pre>
 */
public final class SessionKey<T> {
    private final String name;
    private final T initial;

    public SessionKey(String name, T initial) {
        this.name = name;
        this.initial = initial;
    }

    public T initial() {
        return initial;
    }

    @Override
    public String toString() {
        return name;
    }
}
