package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Whom an account does not want to hear from (XEP-0191). */
public interface BlockLists extends OwnedData {
    CompletionStage<Set<Jid>> of(Jid account);

    /** Replaces the list with the outcome of {@code change}, atomically; a pure function that may run more than once. Returns the new list. */
    CompletionStage<Set<Jid>> update(Jid account, UnaryOperator<Set<Jid>> change);
}
