package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.LastSeenContract;
import io.escalus4j.server.store.Stores;

class MemoryLastSeenTest extends LastSeenContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
