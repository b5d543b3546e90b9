package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;

/** Answers a request that comes before authentication; runs on the stream's event loop and must not block. */
@FunctionalInterface
public interface PreAuthHandler {
    Reply handle(Request request);

    /** @param type {@link Iq.Type#GET} or {@link Iq.Type#SET} */
    record Request(Iq.Type type, Element payload, InitiatingEntity from) {}
}
