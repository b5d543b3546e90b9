package io.escalus4j.server.store.memory;

import io.escalus4j.server.xmpp.Jid;

/** A port's part in {@link MemoryStores#remove}. */
interface Forgetting {
    void forget(Jid owner);
}
