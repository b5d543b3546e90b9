package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The contact lists. */
public interface Rosters extends OwnedData {
    /** All items of an account, in no order. */
    CompletionStage<List<RosterItem>> of(Jid account);

    CompletionStage<Optional<RosterItem>> find(Jid account, Jid contact);

    /**
     * Changes one item atomically; an empty result removes it. {@code change} is a pure function and may run more than
     * once.
     */
    CompletionStage<Change> update(Jid account, Jid contact, UnaryOperator<Optional<RosterItem>> change);

    record Change(Optional<RosterItem> before, Optional<RosterItem> after) {
        public boolean isChange() {
            return !before.equals(after);
        }
    }
}
