package io.escalus4j.server.stream;

import io.escalus4j.server.route.Components;
import io.escalus4j.server.route.Router;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all streams of components share. Every part is thread-safe.
 *
 * @param open those that are open
 */
public record ComponentContext(StreamContext streams, Router router, Set<ComponentStream> open) {
    public static ComponentContext of(StreamContext streams, Router router) {
        return new ComponentContext(streams, router, ConcurrentHashMap.newKeySet());
    }

    Components components() {
        return router.external();
    }
}
