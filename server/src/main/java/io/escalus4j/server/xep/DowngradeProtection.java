package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Xep;

/** Has SCRAM tell a hash of what was offered, so that nobody in between can take the better away. */
final class DowngradeProtection implements Module {
    @Override
    public Xep xep() {
        return new Xep(474, "SASL SCRAM Downgrade Protection", "0.5.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.HASHED_OFFER);
    }
}
