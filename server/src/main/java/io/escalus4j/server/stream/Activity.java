package io.escalus4j.server.stream;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is going on inside of a server, so that one can tell when nothing is. Thread-safe. */
public final class Activity {
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder taken = new LongAdder();

    public void begin() {
        begun.increment();
    }

    public void end() {
        ended.increment();
    }

    /** Something was handed to a socket; it is the peer's turn. */
    public void write() {
        written.increment();
    }

    /** The socket has taken it. */
    public void taken() {
        taken.increment();
    }

    /** How much the sockets have taken ever since; what does not change is full, or nothing is due to it. */
    public long takenByPeers() {
        return taken.sum();
    }

    /** Whether the sockets have taken all. */
    public boolean isWritten() {
        long takings = taken.sum();
        return written.sum() == takings;
    }

    /** How much has begun ever since; what does not change has not begun. */
    public long begun() {
        return begun.sum();
    }

    /** Whether all that had begun when this was asked has ended: both only grow, and ends are counted first. */
    public boolean isIdle() {
        long endings = ended.sum();
        return begun.sum() == endings;
    }
}
