package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Xep;

/** Offers SCRAM that is bound to the channel, and says by what. */
final class ChannelBindingTypes implements Module {
    @Override
    public Xep xep() {
        return new Xep(440, "SASL Channel-Binding Type Capability", "1.0.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.CHANNEL_BINDING);
    }
}
