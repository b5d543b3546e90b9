package io.escalus4j.server.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements of one connection. Arguments are bound, never put into the text; an {@link Optional} that is empty is
 * SQL's null, a {@link List} of strings or longs is an array. Confined to one piece of work.
 */
final class Sql {
    private final Connection connection;
    private final Patience patience;

    Sql(Connection connection) {
        this(connection, () -> {});
    }

    Sql(Connection connection, Patience patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** Asked before each query. */
    interface Patience {
        /** @throws SQLTimeoutException if those before it took too long */
        void check() throws SQLTimeoutException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String text, Row<T> row, Object... args) throws SQLException {
        patience.check();
        try (var statement = connection.prepareStatement(text)) {
            bind(statement, args);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return List.copyOf(found);
            }
        }
    }

    <T> Optional<T> first(String text, Row<T> row, Object... args) throws SQLException {
        return list(text, row, args).stream().findFirst();
    }

    boolean exists(String text, Object... args) throws SQLException {
        return first(text, row -> true, args).isPresent();
    }

    int count(String text, Object... args) throws SQLException {
        return first(text, row -> row.getInt(1), args).orElse(0);
    }

    /** How many rows it has changed. */
    int update(String text, Object... args) throws SQLException {
        try (var statement = connection.prepareStatement(text)) {
            bind(statement, args);
            return statement.executeUpdate();
        }
    }

    void batch(String text, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(text)) {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bind(PreparedStatement statement, Object... args) throws SQLException {
        for (int i = 0; i < args.length; i++) {
            bind(statement, i + 1, args[i]);
        }
    }

    private void bind(PreparedStatement statement, int index, Object arg) throws SQLException {
        if (arg instanceof Optional<?> optional) {
            statement.setObject(index, optional.orElse(null));
        } else if (arg instanceof List<?> array) {
            String type = array.stream().anyMatch(Long.class::isInstance) ? "bigint" : "varchar";
            statement.setArray(index, connection.createArrayOf(type, array.toArray()));
        } else {
            statement.setObject(index, arg);
        }
    }
}
