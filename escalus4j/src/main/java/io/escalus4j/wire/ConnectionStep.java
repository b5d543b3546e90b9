package io.escalus4j.wire;

/**
 * One step on the way from an open socket to a session; steps are composed in a list (see {@link Steps}).
 *
 * <pre>{@code
 * ConnectionStep.of("proxy header", (connection, features) -> {
 *     connection.wire().sendRaw("PROXY TCP4 192.0.2.1 192.0.2.2 5000 5222\r\n".getBytes(US_ASCII));
 *     return features;
 * });
 * }</pre>
 */
public interface ConnectionStep {
    /** For error texts. */
    String name();

    /** @return the features that later steps see */
    Features run(Connection connection, Features features) throws Exception;

    static ConnectionStep of(String name, Body body) {
        return new Steps.Named(name, body);
    }

    /** What a step does. */
    @FunctionalInterface
    interface Body {
        Features run(Connection connection, Features features) throws Exception;
    }
}
