package io.escalus4j.server.module;

import java.util.function.Consumer;

/** A module of a test's own: {@code new Plain(hooks -> hooks.on(Hook.BOUND, Phase.AFTER, handler))}. */
public record Plain(Consumer<Hooks> installing) implements Module {
    @Override
    public Xep xep() {
        return new Xep(0, "Plain", "0");
    }

    @Override
    public void install(Hooks hooks) {
        installing.accept(hooks);
    }
}
