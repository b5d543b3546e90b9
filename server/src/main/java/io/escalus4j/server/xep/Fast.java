package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Jid;

/** Lets clients log in by a token; with another password all that were given out before are worth nothing. Thread-safe. */
final class Fast implements Module {
    private final ServerContext context;

    Fast(ServerContext context) {
        this.context = context;
    }

    @Override
    public Xep xep() {
        return new Xep(484, "Fast Authentication Streamlining Tokens", "0.2.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.FAST).on(Hook.PASSWORD_CHANGED, Phase.AFTER, this::clear);
    }

    private Verdict<Jid> clear(Jid account) {
        return Verdict.later(context.stores().tokens().clear(account).thenApply(done -> Verdict.proceed(account)));
    }
}
