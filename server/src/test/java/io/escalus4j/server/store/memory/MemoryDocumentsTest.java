package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.DocumentsContract;
import io.escalus4j.server.store.Stores;

class MemoryDocumentsTest extends DocumentsContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
