package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Xep;

/** Offers authentication without another stream, together with what else a client wants; the exchange is the stream's own. */
final class ExtensibleSaslProfile implements Module {
    @Override
    public Xep xep() {
        return new Xep(388, "Extensible SASL Profile", "1.0.4");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.EXTENSIBLE_SASL);
    }
}
