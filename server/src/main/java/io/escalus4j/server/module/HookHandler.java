package io.escalus4j.server.module;

/** A module's part in a {@link Hook}; runs where the hook runs and must not block. */
@FunctionalInterface
public interface HookHandler<C> {
    Verdict<C> handle(C context);
}
