package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Ns;

/** Lets clients of the first XMPP have their session, which has meant nothing since (RFC 3921 section 3). */
final class SessionEstablishment implements Module {
    @Override
    public Xep xep() {
        return new Xep(3921, "XMPP: Instant Messaging and Presence, of 2004", "2004-10");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamFeature(Element.of("session", Ns.SESSION).with(Element.of("optional")))
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, Ns.SESSION, "session", iq -> Reply.done())
                .iq(Iq.Type.SET, To.SERVER, Ns.SESSION, "session", iq -> Reply.done());
    }
}
