package io.escalus4j.server.store;

/** All ports of one server, from one kind of storage. */
public interface Stores extends AutoCloseable {
    Accounts accounts();

    Rosters rosters();

    OfflineMessages offline();

    Documents privateStorage();

    Documents vcards();

    BlockLists blockLists();

    LastSeen lastSeen();

    Secrets secrets();

    @Override
    void close();
}
