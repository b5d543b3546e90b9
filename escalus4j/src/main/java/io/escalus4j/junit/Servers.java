package io.escalus4j.junit;

import io.escalus4j.ServerFactory;
import io.escalus4j.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds the server of a test: built into its extension, annotated, set, or the only one on the class path. */
final class Servers {
    private final ExtensionContext context;
    private final List<ServerFactory> onClassPath = ServerFactory.onClassPath();
    private final Optional<ServerFactory> annotated;

    Servers(ExtensionContext context) {
        this.context = context;
        this.annotated = Annotations.nearest(context, StoryServer.class).map(server -> made(server.value()));
    }

    /** The settings that only some server knows. */
    Set<String> keys() {
        var keys = new HashSet<String>();
        onClassPath.forEach(factory -> keys.addAll(factory.keys()));
        annotated.ifPresent(factory -> keys.addAll(factory.keys()));
        return keys;
    }

    Lease lease(Settings settings) {
        var stores = new Stores(context);
        return stores.builtLease().orElseGet(() -> lease(stores, settings));
    }

    private Lease lease(Stores stores, Settings settings) {
        ServerFactory factory =
                annotated.orElseGet(() -> settings.server().isEmpty() ? only() : named(settings.server()));
        return stores.lease(factory.getClass(), factory.isShared(), () -> factory.start(settings));
    }

    private ServerFactory only() {
        if (onClassPath.size() != 1) {
            throw new ExtensionConfigurationException(
                    "the server of the stories is not clear: %s on the class path; say @StoryServer, set escalus.server, or build an EscalusExtension with a server"
                            .formatted(onClassPath.isEmpty() ? "there is no ServerFactory" : "there are " + names()));
        }
        return onClassPath.get(0);
    }

    private ServerFactory named(String className) {
        return onClassPath.stream()
                .filter(factory -> factory.getClass().getName().equals(className))
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "escalus.server is '%s', but the ServerFactories on the class path are %s"
                                .formatted(className, names())));
    }

    private String names() {
        return onClassPath.stream().map(factory -> factory.getClass().getName()).collect(Collectors.joining(", "));
    }

    private static ServerFactory made(Class<? extends ServerFactory> type) {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(
                    "%s cannot be made, it must have a constructor without parameters".formatted(type.getName()), e);
        }
    }
}
