package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.SecretsContract;
import io.escalus4j.server.store.Stores;

class MemorySecretsTest extends SecretsContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
