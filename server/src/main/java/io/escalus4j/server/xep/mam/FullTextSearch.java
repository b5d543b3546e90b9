package io.escalus4j.server.xep.mam;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Xep;

/** Announces that archives can be searched; {@link QueryForm} has the field. Thread-safe. */
final class FullTextSearch implements Module {
    private static final String NS = "urn:xmpp:fulltext:0";

    @Override
    public Xep xep() {
        return new Xep(431, "Full Text Search in MAM", "0.2.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.accountFeature(NS).roomFeature(NS);
    }
}
