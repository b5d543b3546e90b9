package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Gives somebody without a name an account for as long as the session lasts (section 3): there is no password to it, and
 * with the session goes all that it has left. Thread-safe.
 */
final class AnonymousAccounts implements Module {
    private static final Credentials NO_CREDENTIALS = new Credentials(List.of());

    private final ServerContext context;

    AnonymousAccounts(ServerContext context) {
        this.context = context;
    }

    @Override
    public Xep xep() {
        return new Xep(175, "Best Practices for Use of SASL ANONYMOUS", "1.2");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.ANONYMOUS)
                .on(Hook.BOUND, Phase.GUARD, session -> ofGuest(session, this::create))
                .on(Hook.CLOSED, Phase.AFTER, session -> ofGuest(session, context.accounts()::remove));
    }

    private CompletionStage<Boolean> create(Jid account) {
        return context.stores().accounts().create(account, NO_CREDENTIALS);
    }

    private static Verdict<Session> ofGuest(Session session, Function<Jid, CompletionStage<Boolean>> change) {
        return session.get(Principal.TEMPORARY)
                ? Verdict.later(change.apply(session.jid().bare()).thenApply(done -> Verdict.proceed(session)))
                : Verdict.proceed(session);
    }
}
