package io.escalus4j.server.time;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task whose bug ends neither the thread nor the tasks after it. */
record Guarded(Runnable task) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    @Override
    public void run() {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("event=timer-failed", bug);
        }
    }
}
