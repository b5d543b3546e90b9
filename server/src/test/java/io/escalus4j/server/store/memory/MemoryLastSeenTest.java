package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.LastSeenContract;

class MemoryLastSeenTest extends LastSeenContract {
    @Override
    protected LastSeen create() {
        return new MemoryLastSeen();
    }
}
