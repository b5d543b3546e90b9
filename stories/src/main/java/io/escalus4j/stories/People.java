package io.escalus4j.stories;

import io.escalus4j.Client;
import io.escalus4j.Jid;

/** Addresses that stories need beside those of their users. */
final class People {
    private People() {}

    /** An address at the same server that no account has. */
    static Jid nobody(Client near) {
        return Jid.of("nobody-at-all", near.jid().domain());
    }
}
