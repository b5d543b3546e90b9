package io.escalus4j;

import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Starts, or finds, the server of the stories. Found by {@link ServiceLoader}, named by the setting
 * {@code escalus.server} or by an annotation; has a public constructor without parameters.
 */
public interface ServerFactory {
    /** Those that {@link ServiceLoader} finds. */
    static List<ServerFactory> onClassPath() {
        return ServiceLoader.load(ServerFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

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
