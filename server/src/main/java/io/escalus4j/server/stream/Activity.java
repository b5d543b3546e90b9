package io.escalus4j.server.stream;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is going on inside of a server, so that one can tell when nothing is. Thread-safe. */
public final class Activity {
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    public void begin() {
        begun.increment();
    }

    public void end() {
        ended.increment();
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
