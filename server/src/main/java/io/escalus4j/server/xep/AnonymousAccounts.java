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
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives somebody without a name an account for as long as the session lasts (section 3): there is no password to it, and
 * with the session goes all that it has left. Thread-safe.
 */
final class AnonymousAccounts implements Module {
    private static final Logger LOG = LoggerFactory.getLogger(AnonymousAccounts.class);
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
                .on(Hook.BOUND, Phase.GUARD, this::bound)
                .on(Hook.CLOSED, Phase.AFTER, this::closed);
    }

    /** Without an account to end with, nothing of what a guest leaves would go. */
    private Verdict<Session> bound(Session session) {
        if (!session.get(Principal.TEMPORARY)) {
            return Verdict.proceed(session);
        }
        return Verdict.later(context.stores()
                .accounts()
                .create(session.jid().bare(), NO_CREDENTIALS)
                .exceptionally(away -> {
                    LOG.warn("event=guest-sent-away jid={} reason={}", session.jid(), away.toString());
                    session.close(StreamError.of(Condition.RESOURCE_CONSTRAINT, "there is no account for you now"));
                    return false;
                })
                .thenApply(made -> Verdict.proceed(session)));
    }

    private Verdict<Session> closed(Session session) {
        return session.get(Principal.TEMPORARY)
                ? Verdict.later(
                        context.accounts().remove(session.jid().bare()).thenApply(gone -> Verdict.proceed(session)))
                : Verdict.proceed(session);
    }
}
