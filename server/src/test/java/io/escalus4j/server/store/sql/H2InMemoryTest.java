package io.escalus4j.server.store.sql;

import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.AccountsContract;
import io.escalus4j.server.store.BlockListsContract;
import io.escalus4j.server.store.DocumentsContract;
import io.escalus4j.server.store.LastSeenContract;
import io.escalus4j.server.store.OfflineMessagesContract;
import io.escalus4j.server.store.RostersContract;
import io.escalus4j.server.store.SecretsContract;
import io.escalus4j.server.store.Stores;
import java.util.UUID;
import org.junit.jupiter.api.Nested;

/** The contracts on H2 without a file. */
class H2InMemoryTest {
    private static Stores fresh() {
        return SqlStores.open(StoreConfig.STANDARD.at("jdbc:h2:mem:" + UUID.randomUUID()));
    }

    @Nested
    class Accounts extends AccountsContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class BlockLists extends BlockListsContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class Documents extends DocumentsContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class LastSeen extends LastSeenContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class OfflineMessages extends OfflineMessagesContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class Rosters extends RostersContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }

    @Nested
    class Secrets extends SecretsContract {
        @Override
        protected Stores open() {
            return fresh();
        }
    }
}
