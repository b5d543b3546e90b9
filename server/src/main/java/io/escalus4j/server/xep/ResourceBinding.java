package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/** Refuses a second resource on a stream that has one (RFC 6120 section 7); the first is the stream's own business. */
final class ResourceBinding implements Module {
    @Override
    public Xep xep() {
        return new Xep(6120, "XMPP: Core", "2011-03");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.iq(Iq.Type.SET, To.OWN_ACCOUNT, Ns.BIND, "bind", ResourceBinding::refuse)
                .iq(Iq.Type.SET, To.SERVER, Ns.BIND, "bind", ResourceBinding::refuse);
    }

    private static Reply refuse(Iq iq) {
        return Reply.refused(
                Condition.NOT_ALLOWED,
                "%s is bound, one resource is allowed per stream (RFC 6120 section 7)",
                iq.from());
    }
}
