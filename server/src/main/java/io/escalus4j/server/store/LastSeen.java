package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** When an account was last connected (XEP-0012). */
public interface LastSeen extends OwnedData {
    /** Empty if the account has never left. */
    CompletionStage<Optional<Departure>> of(Jid account);

    /** Replaces what was known. */
    CompletionStage<Void> put(Jid account, Departure departure);

    /** @param status of the last unavailable presence, empty where it had none */
    record Departure(Instant at, String status) {}
}
