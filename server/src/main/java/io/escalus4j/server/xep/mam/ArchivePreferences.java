package io.escalus4j.server.xep.mam;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/** Lets owners say whose messages are in their archive. Thread-safe. */
final class ArchivePreferences implements Module {
    private final ServerContext context;
    private final PreferenceStore store;
    private final int most;

    ArchivePreferences(ServerContext context, ArchiveConfig config, PreferenceStore store) {
        this.context = context;
        this.store = store;
        this.most = config.maxPreferences();
    }

    @Override
    public Xep xep() {
        return new Xep(441, "Message Archive Management Preferences", "0.2.0");
    }

    @Override
    public void install(Hooks hooks) {
        for (String version : Mam.VERSIONS) {
            hooks.iq(Iq.Type.GET, To.OWN_ACCOUNT, version, Preferences.NAME, this::get)
                    .iq(Iq.Type.SET, To.OWN_ACCOUNT, version, Preferences.NAME, this::set);
        }
        hooks.on(Hook.ACCOUNT_REMOVED, Phase.AFTER, this::removed);
    }

    private Reply get(Iq iq) {
        return Reply.later(store.of(iq.from().bare()).thenApply(known -> reply(iq, known)));
    }

    private static Reply reply(Iq iq, Preferences preferences) {
        return Reply.result(preferences.toElement(iq.payload().namespace()));
    }

    private Reply set(Iq iq) {
        try {
            var wanted = Preferences.read(iq.payload(), most);
            Jid owner = iq.from().bare();
            return Reply.later(context.inLane(owner, () -> store.put(owner, wanted))
                    .thenApply(kept -> kept.map(now -> reply(iq, now))
                            .orElseGet(
                                    () -> Reply.refused(Condition.REGISTRATION_REQUIRED, "the account was removed"))));
        } catch (Refusal refusal) {
            if (refusal.error().condition() == Condition.POLICY_VIOLATION) {
                context.metrics()
                        .counter("xmpp.limits.hit", "limit", "archive-preferences")
                        .increment();
            }
            return Reply.refused(refusal.error());
        }
    }

    private Verdict<Hook.Removed> removed(Hook.Removed removed) {
        return Verdict.later(store.forget(removed.account()).thenApply(forgotten -> Verdict.proceed(removed)));
    }
}
