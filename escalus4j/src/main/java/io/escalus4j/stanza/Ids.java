package io.escalus4j.stanza;

import io.escalus4j.exml.Element;
import java.util.UUID;

/** Ids for stanzas. */
public final class Ids {
    private Ids() {}

    /** One that nobody has used or can guess (RFC 6120 section 8.1.3). */
    public static String random() {
        return UUID.randomUUID().toString();
    }

    /** The request itself if it has an id, else with a random one. */
    public static Element on(Element request) {
        return request.attribute("id").isPresent() ? request : request.with("id", random());
    }
}
