package io.escalus4j.server.module;

/** Sees what happens at all hooks, before the modules do; for tests. Runs where the hook runs and must not block. */
@FunctionalInterface
public interface HookObserver {
    void happened(Hook<?> hook, HookSubject subject);
}
