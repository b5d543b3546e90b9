package io.escalus4j.server.route;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.Stanzas;
import io.escalus4j.server.xmpp.Stanzas.Reading;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The first step of a stanza's way: checks its syntax, stamps its sender, asks the modules, hands it to the router. Thread-safe. */
public final class Ingress {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Modules modules;
    private final Router router;
    private final Hops hops;

    public Ingress(Modules modules, Router router) {
        this(modules, router, Hops.STRAIGHT);
    }

    public Ingress(Modules modules, Router router, Hops hops) {
        this.modules = modules;
        this.router = router;
        this.hops = hops;
    }

    /**
     * Takes what a client sent as a first-level child of its stream; to be called on the session's event loop. The
     * session reads no further before the stage is done (RFC 6120 section 10.1). The stage never fails.
     */
    public CompletionStage<Void> accept(Session session, Element element) {
        Reading reading = Stanzas.read(element, session.jid());
        if (reading instanceof Reading.Accepted accepted) {
            return sent(session, accepted.stanza());
        }
        if (reading instanceof Reading.Refused refused) {
            refused.answer().ifPresent(session::deliver);
        } else if (reading instanceof Reading.NoStanza none) {
            session.close(none.error());
        }
        return DONE;
    }

    private CompletionStage<Void> sent(Session session, Stanza stanza) {
        return hops.pass("ingress", session.jid(), () -> modules.run(Hook.SENT, new Hook.Sent(session, stanza)))
                .thenCompose(verdict -> proceed(stanza, verdict))
                .exceptionallyCompose(bug -> router.failed(stanza, bug));
    }

    private CompletionStage<Void> proceed(Stanza stanza, Verdict<Hook.Sent> verdict) {
        if (verdict instanceof Verdict.Proceed<Hook.Sent> on) {
            return router.route(on.context().stanza());
        }
        return verdict instanceof Verdict.Refuse<Hook.Sent> no ? router.refuse(stanza, no.error()) : DONE;
    }
}
