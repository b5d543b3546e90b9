package io.escalus4j.server.xep.mam;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Xep;

/** Announces that retractions are archived, and what they take back is not any more; {@link Archivist} does it. Thread-safe. */
final class MessageRetraction implements Module {
    private static final String TOMBSTONE = "#tombstone";

    @Override
    public Xep xep() {
        return new Xep(424, "Message Retraction", "0.4.2");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(Retraction.NS).feature(Retraction.NS + TOMBSTONE);
        for (String way : new String[] {Retraction.NS, Retraction.BY_STANZA_ID}) {
            hooks.accountFeature(way)
                    .accountFeature(way + TOMBSTONE)
                    .roomFeature(way)
                    .roomFeature(way + TOMBSTONE);
        }
    }
}
