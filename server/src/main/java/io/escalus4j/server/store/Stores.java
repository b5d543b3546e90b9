package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.CompletionStage;

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

    Tokens tokens();

    Archive archive();

    /** What is to be archived (XEP-0441), of accounts and of rooms. */
    Documents archivePreferences();

    LightRooms lightRooms();

    MucRooms mucRooms();

    /**
     * Forgets an account, or a room, with all that any port keeps for it: all at once or, where the stage fails, nothing.
     * {@code false} if there was no such account; what was left of it is gone too then.
     */
    CompletionStage<Boolean> remove(Jid owner);

    @Override
    void close();
}
