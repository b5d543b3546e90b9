package io.escalus4j;

/** Something that somebody does in a story; it may fail in any way. */
@FunctionalInterface
public interface Action {
    void run() throws Throwable;
}
