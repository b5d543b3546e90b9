package io.escalus4j.server.store;

import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.store.sql.Postgres;
import io.escalus4j.server.store.sql.SqlStores;
import java.nio.file.Path;
import java.util.UUID;

/** Every storage there is. */
public enum Storage {
    MEMORY,
    H2_FILE,
    H2_IN_MEMORY,
    POSTGRESQL;

    /** A fresh and empty one, in {@code folder} if it needs files. */
    public Stores open(Path folder) {
        return switch (this) {
            case MEMORY -> new MemoryStores();
            case H2_FILE -> SqlStores.open(StoreConfig.STANDARD.at(SqlStores.fileIn(folder)));
            case H2_IN_MEMORY -> SqlStores.open(StoreConfig.STANDARD.at("jdbc:h2:mem:" + UUID.randomUUID()));
            case POSTGRESQL -> SqlStores.open(StoreConfig.STANDARD.at(Postgres.freshSchema()));
        };
    }
}
