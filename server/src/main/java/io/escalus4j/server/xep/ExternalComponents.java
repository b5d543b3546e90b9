package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Components;
import java.util.Optional;

/** Lets other programs serve domains of their own (XEP-0114); their streams are in {@code stream}. Thread-safe. */
final class ExternalComponents implements Module {
    private final Components components;
    private final ComponentsConfig config;

    ExternalComponents(ServerContext context, ComponentsConfig config) {
        this.components = context.router().external();
        this.config = config;
    }

    @Override
    public Xep xep() {
        return new Xep(114, "Jabber Component Protocol", "1.6");
    }

    @Override
    public void install(Hooks hooks) {
        components.admit(config::secret);
        hooks.onClose(() -> components.admit(domain -> Optional.empty()));
    }
}
