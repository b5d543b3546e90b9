package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.time.Instant;
import java.util.Set;

/**
 * A stanza for a room, and what only a store knows of what it is about.
 *
 * @param absent those of the accounts that it invites that do not exist
 * @param archived whether the archive has the message that it moderates
 */
record Arrival(Stanza stanza, Instant now, Set<Jid> absent, boolean archived) {}
