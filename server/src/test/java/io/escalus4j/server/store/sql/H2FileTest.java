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
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on an H2 file, as the stand-alone server has one. */
class H2FileTest {
    @TempDir
    private static Path folder;

    private static Stores fresh() {
        return SqlStores.open(StoreConfig.STANDARD.at(SqlStores.fileIn(folder.resolve("" + UUID.randomUUID()))));
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
