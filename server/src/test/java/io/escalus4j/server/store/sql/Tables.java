package io.escalus4j.server.store.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is in a database, without any of our own reading. */
public final class Tables {
    /** What has no owner. */
    public static final Set<String> NOBODYS = Set.of("stripe", "server_secret", "schema_history");

    private Tables() {}

    /** The rows of each table as text, sorted; the numbers that the database gives by itself are left out. */
    public static Map<String, List<String>> rows(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(Dialect.of(url).url(url))) {
            var rows = new TreeMap<String, List<String>>();
            for (String table : names(connection)) {
                rows.put(table, rows(connection, table));
            }
            return rows;
        }
    }

    /** The tables that there are. */
    static List<String> names(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(Dialect.of(url).url(url))) {
            return names(connection);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var found = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                names.add(found.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        var rows = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select * from \"" + table + '"')) {
            while (found.next()) {
                rows.add(row(found));
            }
        }
        return rows.stream().sorted().toList();
    }

    private static String row(ResultSet row) throws SQLException {
        var columns = new TreeMap<String, String>();
        var meta = row.getMetaData();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            if (!meta.isAutoIncrement(column)) {
                columns.put(meta.getColumnName(column), text(row, column));
            }
        }
        return columns.toString();
    }

    private static String text(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof java.sql.Array array) {
            return Arrays.toString(
                    Arrays.stream((Object[]) array.getArray()).sorted().toArray());
        }
        return value instanceof java.sql.Timestamp || value instanceof java.time.OffsetDateTime
                ? "" + row.getObject(column, java.time.OffsetDateTime.class).toInstant()
                : "" + value;
    }
}
