package io.escalus4j.server.control;

import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Gets at the lines that are logged, which each logging library does in its own way: the server itself knows none. Found
 * by {@link ServiceLoader}.
 */
public interface LogTap {
    /** A line as it was logged, on which thread. */
    record Line(Instant at, String level, String logger, String thread, String about, String text) {}

    /** A tap that runs. */
    interface Open extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on each line, of whatever level is switched on, until the tap is closed. */
    Open open(Consumer<Line> lines);

    /** The tap for the library that is there. */
    static Optional<LogTap> onClassPath() {
        return ServiceLoader.load(LogTap.class).findFirst();
    }
}
