package io.escalus4j.server.module;

import io.escalus4j.server.xmpp.Stanza;
import java.util.concurrent.CompletionStage;

/** A component's door: takes each stanza that is addressed to it; done when the stage is. */
@FunctionalInterface
public interface StanzaHandler {
    CompletionStage<Void> handle(Stanza stanza);
}
