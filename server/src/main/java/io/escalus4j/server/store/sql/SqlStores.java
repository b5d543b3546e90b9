package io.escalus4j.server.store.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.escalus4j.server.config.StoreConfig;
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
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.flywaydb.core.api.FlywayException;

/**
 * All ports in one database, H2 or PostgreSQL. Thread-safe.
 *
 * <pre>{@code
 * var stores = SqlStores.open(StoreConfig.STANDARD.at("jdbc:postgresql://localhost/escalus?user=escalus"));
 * XmppServer.builder().stores(stores).start();
 * }</pre>
 */
public final class SqlStores implements Stores {
    private final Database database;
    private final SqlAccounts accounts;
    private final SqlRosters rosters;
    private final SqlOfflineMessages offline;
    private final SqlDocuments privateStorage;
    private final SqlDocuments vcards;
    private final SqlBlockLists blockLists;
    private final SqlLastSeen lastSeen;
    private final SqlArchive archive;
    private final SqlDocuments archivePreferences;
    private final SqlLightRooms lightRooms;
    private final SqlMucRooms mucRooms;
    private final SqlTokens tokens;
    private final Secrets secrets;
    private final List<Forgetting> owned;

    SqlStores(Database database) {
        this.database = database;
        this.accounts = new SqlAccounts(database);
        this.rosters = new SqlRosters(database);
        this.offline = new SqlOfflineMessages(database);
        this.privateStorage = new SqlDocuments(database, "private");
        this.vcards = new SqlDocuments(database, "vcard");
        this.blockLists = new SqlBlockLists(database);
        this.lastSeen = new SqlLastSeen(database);
        this.archive = new SqlArchive(database);
        this.archivePreferences = new SqlDocuments(database, "archive-preferences");
        this.lightRooms = new SqlLightRooms(database);
        this.mucRooms = new SqlMucRooms(database);
        this.tokens = new SqlTokens(database);
        this.secrets = new SqlSecrets(database);
        this.owned = List.of(
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
    }

    /** The URL of the H2 file in {@code directory}, which is made if it is missing. */
    public static String fileIn(Path directory) {
        String file = directory.resolve("escalus").toAbsolutePath().normalize().toString();
        if (file.contains(";")) {
            throw new IllegalArgumentException(
                    "directory %s has a ';', which the URL of an H2 database must not have".formatted(directory));
        }
        return "jdbc:h2:file:" + file;
    }

    /**
     * Connects, and brings the schema to what this program knows.
     *
     * @throws IllegalArgumentException if there is no URL, no such database, or one that a newer program has changed
     */
    public static SqlStores open(StoreConfig config) {
        String url = config.url().orElseThrow(() -> new IllegalArgumentException("the store has no url"));
        String name = url.replaceFirst("[?;].*", "");
        var dialect = Dialect.of(url);
        var pool = connected(dialect, url, name, config);
        try {
            Schema.migrate(config, dialect.url(url), name);
            return new SqlStores(new Database(dialect, pool, config));
        } catch (FlywayException broken) {
            pool.close();
            throw unusable(name, broken);
        } catch (RuntimeException refused) {
            pool.close();
            throw refused;
        }
    }

    /**
     * Looks at a database without changing it: what it is, and which schema it has.
     *
     * @throws UnreachableDatabaseException if it cannot be connected to
     * @throws IllegalArgumentException if a newer program has changed it
     */
    public static String check(StoreConfig config) {
        String url = config.url().orElseThrow(() -> new IllegalArgumentException("the store has no url"));
        String name = url.replaceFirst("[?;].*", "");
        var dialect = Dialect.of(url);
        if (dialect.isMissing(url)) {
            return "%s: not there yet, the first start makes it".formatted(name);
        }
        try (var pool = connected(dialect, url, name, config);
                var connection = pool.getConnection()) {
            var product = connection.getMetaData();
            return "%s: %s %s, %s"
                    .formatted(
                            name,
                            product.getDatabaseProductName(),
                            product.getDatabaseProductVersion().replaceFirst(" .*", ""),
                            Schema.state(config, dialect.url(url), name));
        } catch (SQLException broken) {
            throw new UnreachableDatabaseException(
                    "the database %s cannot be used: %s".formatted(name, broken.getMessage()), broken);
        }
    }

    private static HikariDataSource connected(Dialect dialect, String url, String name, StoreConfig config) {
        try {
            return new HikariDataSource(dialect.pool(url, config));
        } catch (RuntimeException unreachable) {
            throw unusable(name, unreachable);
        }
    }

    private static UnreachableDatabaseException unusable(String name, RuntimeException why) {
        Throwable cause = why.getCause() == null ? why : why.getCause();
        return new UnreachableDatabaseException(
                "the database %s cannot be used: %s (docs/storage.md)"
                        .formatted(
                                name,
                                String.valueOf(cause.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("")),
                why);
    }

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
        return archive.settled()
                .thenCompose(written -> database.write(owner, sql -> {
                    boolean there = accounts.exists(sql, owner);
                    for (Forgetting port : owned) {
                        port.forget(sql, owner);
                    }
                    return there;
                }));
    }

    /** Finishes what waits, within bounds, and disconnects. */
    @Override
    public void close() {
        database.close();
    }
}
