package io.escalus4j.server.auth;

import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.xmpp.Jid;

/**
 * Who has authenticated. Immutable.
 *
 * @param account a bare JID
 * @param temporary whether the account is there for one session only (RFC 4505)
 */
public record Principal(Jid account, boolean temporary) {
    /** Whether the account of a session vanishes with it. */
    public static final SessionKey<Boolean> TEMPORARY = new SessionKey<>("temporary", false);

    static Principal of(Jid account) {
        return new Principal(account, false);
    }
}
