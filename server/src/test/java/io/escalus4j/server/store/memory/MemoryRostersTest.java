package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.RostersContract;
import io.escalus4j.server.store.Stores;

class MemoryRostersTest extends RostersContract {
    @Override
    protected Stores open() {
        return new MemoryStores();
    }
}
