package io.escalus4j.junit;

import io.escalus4j.ServerHandle;
import io.escalus4j.control.Insight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A server that is started when the first story asks for it, and closed by JUnit with the scope that the lease is kept in.
 * Thread-safe.
 */
final class Lease implements AutoCloseable {
    private final ServerSupplier supplier;
    private Optional<ServerHandle> started = Optional.empty();

    Lease(ServerSupplier supplier) {
        this.supplier = supplier;
    }

    boolean isOf(ServerSupplier other) {
        return supplier == other;
    }

    synchronized ServerHandle server() {
        if (started.isEmpty()) {
            started = Optional.of(start());
        }
        return started.get();
    }

    private ServerHandle start() {
        try {
            return supplier.get();
        } catch (Exception e) {
            throw new ExtensionConfigurationException("the server of the stories did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            started.flatMap(ServerHandle::insight).ifPresent(Lease::requireCleanLog);
        } finally {
            started.ifPresent(ServerHandle::close);
        }
    }

    /** What the server logs too late for a story is not lost. */
    private static void requireCleanLog(Insight inside) {
        List<String> leftovers = inside.leftovers("ERROR");
        if (!leftovers.isEmpty()) {
            throw new AssertionError("the server logged what no story declares: " + String.join("; ", leftovers));
        }
    }
}
