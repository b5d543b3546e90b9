package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Messages that wait for their addressee (XEP-0160), oldest first. */
public interface OfflineMessages extends OwnedData {
    /** {@code false} if the account has {@code limit} already, and nothing was kept. */
    CompletionStage<Boolean> add(Jid account, Element message, int limit);

    /**
     * A message that waits.
     *
     * @param number which one; no two that have ever waited for an account have the same
     */
    record Kept(long number, Element message) {}

    /** All, and they stay. */
    CompletionStage<List<Kept>> of(Jid account);

    /** Forgets those that are there of these. */
    CompletionStage<Void> remove(Jid account, Collection<Long> numbers);

    CompletionStage<Integer> count(Jid account);
}
