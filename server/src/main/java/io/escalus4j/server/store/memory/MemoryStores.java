package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.store.Secrets;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** All ports in memory; every stage that they return is done already. Thread-safe. */
public final class MemoryStores implements Stores {
    private final MemoryAccounts accounts = new MemoryAccounts();
    private final MemoryRosters rosters = new MemoryRosters();
    private final MemoryOfflineMessages offline = new MemoryOfflineMessages();
    private final MemoryDocuments privateStorage = new MemoryDocuments();
    private final MemoryDocuments vcards = new MemoryDocuments();
    private final MemoryBlockLists blockLists = new MemoryBlockLists();
    private final MemoryLastSeen lastSeen = new MemoryLastSeen();
    private final MemoryArchive archive = new MemoryArchive();
    private final MemoryDocuments archivePreferences = new MemoryDocuments();
    private final MemoryLightRooms lightRooms = new MemoryLightRooms();
    private final MemoryMucRooms mucRooms = new MemoryMucRooms();
    private final MemoryTokens tokens = new MemoryTokens();
    private final Secrets secrets = new MemorySecrets();
    private final List<Forgetting> owned = List.of(
            accounts,
            rosters,
            offline,
            privateStorage,
            vcards,
            blockLists,
            lastSeen,
            archive,
            archivePreferences,
            lightRooms,
            mucRooms,
            tokens);

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

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public Documents archivePreferences() {
        return archivePreferences;
    }

    @Override
    public LightRooms lightRooms() {
        return lightRooms;
    }

    @Override
    public MucRooms mucRooms() {
        return mucRooms;
    }

    @Override
    public CompletionStage<Boolean> remove(Jid owner) {
        return accounts.exists(owner).thenApply(there -> {
            owned.forEach(port -> port.forget(owner));
            return there;
        });
    }

    /** There is nothing to let go of: the garbage collector takes it all. */
    @Override
    public void close() {}
}
