package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.store.Secrets;
import io.escalus4j.server.store.Stores;

/** All ports in memory; every stage that they return is done already. Thread-safe. */
public final class MemoryStores implements Stores {
    private final Accounts accounts = new MemoryAccounts();
    private final Rosters rosters = new MemoryRosters();
    private final OfflineMessages offline = new MemoryOfflineMessages();
    private final Documents privateStorage = new MemoryDocuments();
    private final Documents vcards = new MemoryDocuments();
    private final BlockLists blockLists = new MemoryBlockLists();
    private final LastSeen lastSeen = new MemoryLastSeen();
    private final Secrets secrets = new MemorySecrets();

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Rosters rosters() {
        return rosters;
    }

    @Override
    public OfflineMessages offline() {
        return offline;
    }

    @Override
    public Documents privateStorage() {
        return privateStorage;
    }

    @Override
    public Documents vcards() {
        return vcards;
    }

    @Override
    public BlockLists blockLists() {
        return blockLists;
    }

    @Override
    public LastSeen lastSeen() {
        return lastSeen;
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    /** There is nothing to let go of: the garbage collector takes it all. */
    @Override
    public void close() {}
}
