package io.escalus4j.stanza;

import java.util.UUID;

/** Ids for stanzas. */
public final class Ids {
    private Ids() {}

    /** One that nobody has used or can guess (RFC 6120 section 8.1.3). */
    public static String random() {
        return UUID.randomUUID().toString();
    }
}
