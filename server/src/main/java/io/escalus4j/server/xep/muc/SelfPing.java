package io.escalus4j.server.xep.muc;

import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import java.util.List;

/**
 * Who makes sure to be in a room still need not wait for the own devices: the room itself answers (XEP-0410 section 3.3).
 * Stateless.
 */
final class SelfPing implements Extension {
    private static final String OPTIMIZATION = MucXml.NS + "#self-ping-optimization";

    @Override
    public Xep xep() {
        return new Xep(410, "MUC Self-Ping (Schrödinger's Chat)", "1.1.0");
    }

    @Override
    public List<String> roomFeatures() {
        return List.of(OPTIMIZATION);
    }

    /** Whether an occupant asks for nothing but an answer of the own nickname. */
    static boolean is(Iq iq, Occupant asking, Occupant asked) {
        return asked == asking && iq.type() == Iq.Type.GET && iq.payload().is("ping", MucXml.PING);
    }
}
