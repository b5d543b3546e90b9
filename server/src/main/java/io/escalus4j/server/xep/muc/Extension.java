package io.escalus4j.server.xep.muc;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import java.util.List;

/**
 * A specification that rooms keep beside XEP-0045, with what they say of it in service discovery. It has no hooks of its
 * own: what it is about happens in a room's lane, to which {@link Muc} alone lets anything.
 */
interface Extension extends Module {
    /** What a room announces. */
    default List<String> roomFeatures() {
        return List.of();
    }

    /** What the service announces. */
    default List<String> serviceFeatures() {
        return List.of();
    }

    @Override
    default void install(Hooks hooks) {
        // Muc has asked for the features
    }
}
