package io.escalus4j.server.time;

/** Something that is to run at a time that has not come yet. Thread-safe. */
@FunctionalInterface
public interface Timer {
    /** It does not run any more; what runs already runs on. */
    void cancel();
}
