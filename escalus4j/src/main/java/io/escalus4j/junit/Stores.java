package io.escalus4j.junit;

import io.escalus4j.Option;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * What we keep where JUnit keeps things: the run in the root's store, servers and settings with the class or test that
 * asked for them, a story with its test. A store also shows what its parents hold.
 */
record Stores(ExtensionContext context) {
    private static final Namespace NAMESPACE = Namespace.create(EscalusExtension.class);

    /** The settings that a builder was given. */
    record Built(Map<Option, String> settings) {}

    private Store store() {
        return context.getStore(NAMESPACE);
    }

    private Store rootStore() {
        return context.getRoot().getStore(NAMESPACE);
    }

    // ---- what an extension was built with

    /** The nearest counts; a nested class sees the extension of the class around it once more, and keeps what is there. */
    void configure(Optional<ServerSupplier> server, Map<Option, String> settings) {
        server.filter(supplier ->
                        builtLease().filter(lease -> lease.isOf(supplier)).isEmpty())
                .ifPresent(supplier -> store().put(Lease.class, new Lease(supplier)));
        if (!settings.isEmpty()) {
            store().put(Built.class, new Built(settings));
        }
    }

    Optional<Lease> builtLease() {
        return Optional.ofNullable(store().get(Lease.class, Lease.class));
    }

    Map<Option, String> builtSettings() {
        return Optional.ofNullable(store().get(Built.class, Built.class))
                .map(Built::settings)
                .orElse(Map.of());
    }

    EscalusExtension owner(EscalusExtension candidate) {
        return store().getOrComputeIfAbsent(EscalusExtension.class, key -> candidate, EscalusExtension.class);
    }

    // ---- the run

    Run run(Supplier<Run> fresh) {
        return rootStore().getOrComputeIfAbsent(Run.class, key -> fresh.get(), Run.class);
    }

    /** Shared by the whole run, or by the outermost class and those nested in it. */
    Lease lease(Class<?> factory, boolean shared, ServerSupplier supplier) {
        Store scope = shared ? rootStore() : outermostClass(context).getStore(NAMESPACE);
        return scope.getOrComputeIfAbsent("server of " + factory.getName(), key -> new Lease(supplier), Lease.class);
    }

    private static ExtensionContext outermostClass(ExtensionContext context) {
        return context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .map(Stores::outermostClass)
                .orElse(context);
    }

    // ---- the story of a test

    TestTelling telling(Supplier<TestTelling> fresh) {
        return store().getOrComputeIfAbsent(TestTelling.class, key -> fresh.get(), TestTelling.class);
    }

    /** Of one that could not begin JUnit keeps the failure, and throws it again: then there is none. */
    Optional<TestTelling> telling() {
        try {
            return Optional.ofNullable(store().get(TestTelling.class, TestTelling.class));
        } catch (RuntimeException neverBegan) {
            return Optional.empty();
        }
    }

    Optional<TestTelling> takeTelling() {
        return Optional.ofNullable(store().remove(TestTelling.class, TestTelling.class));
    }
}
