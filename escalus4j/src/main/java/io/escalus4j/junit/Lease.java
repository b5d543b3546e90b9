package io.escalus4j.junit;

import io.escalus4j.ExpectedFailures;
import io.escalus4j.Option;
import io.escalus4j.ServerFeatures;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
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
    private Optional<ServerFeatures> features = Optional.empty();
    private Optional<ExpectedFailures> expected = Optional.empty();

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

    /** What the server offers; asked when it is needed first. */
    synchronized ServerFeatures features(Settings settings) {
        if (features.isEmpty()) {
            features = Optional.of(ServerFeatures.probe(server(), settings.with(Option.HISTORY, "never")));
        }
        return features.get();
    }

    synchronized ExpectedFailures expectedFailures(Settings settings) {
        if (expected.isEmpty()) {
            expected =
                    Optional.of(ExpectedFailures.of(settings, features(settings).software()));
        }
        return expected.get();
    }

    private ServerHandle start() {
        try {
            return checked(supplier.get());
        } catch (Exception e) {
            throw new ExtensionConfigurationException("the server of the stories did not start: " + e.getMessage(), e);
        }
    }

    /** Who cannot make accounts there is told so once, and not by each story. */
    private static ServerHandle checked(ServerHandle server) {
        try {
            server.provisioner().check();
            return server;
        } catch (RuntimeException wrong) {
            server.close();
            throw wrong;
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
