package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/** Answers pings to the server and to the sender's own account. Immutable. */
final class Ping implements Module {
    static final String NS = "urn:xmpp:ping";

    @Override
    public Xep xep() {
        return new Xep(199, "XMPP Ping", "2.0.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.SERVER, NS, "ping", iq -> Reply.done())
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, NS, "ping", iq -> Reply.done())
                .iq(Iq.Type.GET, To.ACCOUNT, NS, "ping", Ping::refuse);
    }

    /** Whether there is such an account is not for others to know: the same for all, in the words of section 4.1. */
    private static Reply refuse(Iq iq) {
        return Reply.refused(Condition.SERVICE_UNAVAILABLE);
    }
}
