package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.route.Session;
import java.util.Optional;

/** Enables something for a session while its resource is bound (XEP-0386 section 3.2), before anybody can reach it; must not block. */
@FunctionalInterface
public interface InlineFeature {
    /** @return what the client is told in {@code <bound/>}, if there is anything to tell */
    Optional<Element> enable(Session session, Element request);
}
