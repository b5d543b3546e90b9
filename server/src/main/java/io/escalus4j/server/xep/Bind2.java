package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Xep;

/** Lets clients bind a resource together with their authentication; other modules add what may come along. */
final class Bind2 implements Module {
    @Override
    public Xep xep() {
        return new Xep(386, "Bind 2", "1.1.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.BIND2);
    }
}
