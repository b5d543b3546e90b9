package io.escalus4j;

import java.util.Set;

/**
 * Starts, or finds, the server of the stories. Found by {@link java.util.ServiceLoader}, named by the setting
 * {@code escalus.server} or by an annotation; has a public constructor without parameters.
 */
public interface ServerFactory {
    /** @throws Exception if there is no server to be had; stories then fail with its message */
    ServerHandle start(Settings settings) throws Exception;

    /** Whether one server is enough for all classes of a run. */
    default boolean isShared() {
        return true;
    }

    /** Further settings that it understands, each starting with {@code escalus.}; see {@link Settings#get}. */
    default Set<String> keys() {
        return Set.of();
    }
}
