package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.AccountsContract;
import io.escalus4j.server.store.Stores;

class MemoryAccountsTest extends AccountsContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
