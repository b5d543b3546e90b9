package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.OfflineMessagesContract;
import io.escalus4j.server.store.Stores;

class MemoryOfflineMessagesTest extends OfflineMessagesContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
