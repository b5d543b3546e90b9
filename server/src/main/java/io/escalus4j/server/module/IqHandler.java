package io.escalus4j.server.module;

import io.escalus4j.server.xmpp.Iq;

/** Answers one kind of request; runs in the sender's context and must not block. */
@FunctionalInterface
public interface IqHandler {
    Reply handle(Iq request);
}
