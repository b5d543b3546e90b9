package io.escalus4j.wire;

/**
 * A connection could not be made: says at which step, what the server had offered by then, and why. The socket is closed.
 */
public final class ConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String step;
    private final transient Features features;

    ConnectionException(String who, String step, Features features, Throwable cause) {
        super(
                "%s cannot connect: step '%s' failed: %s; features seen: %s"
                        .formatted(who, step, Ending.of(cause).text(), features),
                cause);
        this.step = step;
        this.features = features;
    }

    /** The name of the step that failed, for example {@code bind}. */
    public String step() {
        return step;
    }

    /** What the server had offered last. */
    public Features features() {
        return features;
    }
}
