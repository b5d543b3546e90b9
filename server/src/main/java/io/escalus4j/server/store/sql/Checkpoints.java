package io.escalus4j.server.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts commits of H2 on disk before anybody is told of them; by itself H2 does so half a second later. Commits that come
 * while one such write is under way share the next one. Thread-safe.
 */
final class Checkpoints {
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private long onDisk;

    /** Returns when what this thread has committed is on disk. */
    void await(Connection connection) throws SQLException {
        long mine = committed.incrementAndGet();
        lock.lock();
        try {
            if (onDisk < mine) {
                long all = committed.get();
                checkpoint(connection);
                onDisk = all;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void checkpoint(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }
}
