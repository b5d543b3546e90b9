package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.BlockListsContract;
import io.escalus4j.server.store.Stores;

class MemoryBlockListsTest extends BlockListsContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
