package io.escalus4j.server.store.sql;

import io.escalus4j.server.config.StoreConfig;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Copies all data from one database to another one that has none, in one transaction: all of it is there afterwards or,
 * if something goes wrong, nothing, and it can be run again. It knows no table: a new one is copied like the others.
 *
 * <pre>{@code
 * StoreCopy.run(config.at("jdbc:h2:file:/var/lib/escalus/escalus"), config.at("jdbc:postgresql://db/escalus"), System.err::println);
 * }</pre>
 */
public final class StoreCopy {
    private static final int BATCH = 1000;
    private static final int PROGRESS = 100_000;
    /** The schema makes these. */
    private static final Set<String> MADE = Set.of("stripe", "schema_history");
    /** A start makes it if it is not there, so the target may have one, which the source's takes the place of. */
    private static final String SECRETS = "server_secret";

    private final Connection from;
    private final Connection to;
    private final Consumer<String> progress;

    private StoreCopy(Connection from, Connection to, Consumer<String> progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * Returns how many rows have been copied.
     *
     * @param progress hears of each table, and of every hundred thousand rows
     * @throws IllegalArgumentException if the source is not there, or the target has data already
     * @throws UnreachableDatabaseException if one of them cannot be used
     */
    public static long run(StoreConfig from, StoreConfig to, Consumer<String> progress) {
        requireThere(from);
        SqlStores.open(from).close(); // both have this program's schema afterwards
        SqlStores.open(to).close();
        try (var source = connection(from);
                var target = connection(to)) {
            source.setAutoCommit(false); // PostgreSQL sends rows bit by bit only then
            target.setAutoCommit(false);
            long rows = new StoreCopy(source, target, progress).copy();
            target.commit();
            return rows;
        } catch (SQLException failed) {
            throw new UnreachableDatabaseException("nothing was copied: %s".formatted(failed.getMessage()), failed);
        }
    }

    private static void requireThere(StoreConfig config) {
        String url = config.url().orElseThrow(() -> new IllegalArgumentException("the source has no url"));
        if (Dialect.of(url).isMissing(url)) {
            throw new IllegalArgumentException(
                    "there is no database %s (docs/storage.md)".formatted(url.replaceFirst("[?;].*", "")));
        }
    }

    private static Connection connection(StoreConfig config) throws SQLException {
        String url = config.url().orElseThrow();
        var dialect = Dialect.of(url);
        var properties = new Properties();
        config.user().ifPresent(user -> properties.setProperty("user", user));
        config.password().ifPresent(password -> properties.setProperty("password", password));
        if (dialect == Dialect.POSTGRESQL) {
            properties.setProperty("reWriteBatchedInserts", "true");
        }
        return DriverManager.getConnection(dialect.url(url), properties);
    }

    // ---- tables

    private long copy() throws SQLException {
        var tables = tables();
        for (String table : tables) {
            if (!table.equals(SECRETS) && count(to, table) > 0) {
                throw new IllegalArgumentException(
                        "the target has rows in %s already, allowed is a database without data (docs/storage.md)"
                                .formatted(table));
            }
        }
        execute("delete from " + SECRETS);
        long rows = 0;
        for (String table : tables) {
            rows += copy(table);
        }
        return rows;
    }

    /** Those that others refer to come before them. */
    private Set<String> tables() throws SQLException {
        var left = new TreeSet<>(names(
                from.getMetaData()
                        .getTables(from.getCatalog(), from.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"}),
                "TABLE_NAME"));
        left.removeAll(MADE);
        var ordered = new LinkedHashSet<String>();
        while (!left.isEmpty()) {
            for (String table : List.copyOf(left)) {
                if (Collections.disjoint(parents(table), left)) {
                    ordered.add(table);
                    left.remove(table);
                }
            }
        }
        return ordered;
    }

    private List<String> parents(String table) throws SQLException {
        var parents =
                names(from.getMetaData().getImportedKeys(from.getCatalog(), from.getSchema(), table), "PKTABLE_NAME");
        parents.remove(table);
        return parents;
    }

    private static List<String> names(ResultSet rows, String column) throws SQLException {
        try (rows) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(column));
            }
            return names;
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String statement) throws SQLException {
        try (var executed = to.createStatement()) {
            executed.execute(statement);
        }
    }

    // ---- rows

    private long copy(String table) throws SQLException {
        long all = count(from, table);
        String columns = String.join(", ", columns(table));
        String marks = String.join(", ", Collections.nCopies(columns(table).size(), "?"));
        try (var select =
                        from.prepareStatement("select %s from %s order by %s".formatted(columns, table, order(table)));
                var insert = to.prepareStatement("insert into %s (%s) values (%s)".formatted(table, columns, marks))) {
            select.setFetchSize(BATCH);
            try (var rows = select.executeQuery()) {
                long copied = copy(table, rows, insert, all);
                progress.accept("%s: %d rows".formatted(table, copied));
                return copied;
            }
        }
    }

    private long copy(String table, ResultSet rows, PreparedStatement insert, long all) throws SQLException {
        long copied = 0;
        while (rows.next()) {
            row(rows, insert);
            copied++;
            if (copied % BATCH == 0) {
                insert.executeBatch();
            }
            if (copied % PROGRESS == 0 && copied < all) {
                progress.accept("%s: %d of %d rows".formatted(table, copied, all));
            }
        }
        insert.executeBatch();
        return copied;
    }

    private void row(ResultSet rows, PreparedStatement insert) throws SQLException {
        var meta = rows.getMetaData();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            insert.setObject(column, value(rows, column, meta.getColumnType(column)));
        }
        insert.addBatch();
    }

    private Object value(ResultSet rows, int column, int type) throws SQLException {
        return switch (type) {
            case Types.ARRAY ->
                to.createArrayOf("varchar", (Object[]) rows.getArray(column).getArray());
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(column, OffsetDateTime.class);
            case Types.BINARY, Types.VARBINARY, Types.BLOB -> rows.getBytes(column);
            default -> rows.getObject(column);
        };
    }

    /** Without those that the database numbers itself: rows are copied in their order, and new ones come after them. */
    private List<String> columns(String table) throws SQLException {
        var columns = new ArrayList<String>();
        DatabaseMetaData meta = from.getMetaData();
        try (var found = meta.getColumns(from.getCatalog(), from.getSchema(), table, "%")) {
            while (found.next()) {
                if (!"YES".equals(found.getString("IS_AUTOINCREMENT"))) {
                    columns.add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }

    private String order(String table) throws SQLException {
        var key = new TreeMap<Integer, String>();
        try (var found = from.getMetaData().getPrimaryKeys(from.getCatalog(), from.getSchema(), table)) {
            while (found.next()) {
                key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        return String.join(", ", key.values());
    }
}
