package io.escalus4j;

/** Somebody stopped a story while it waited, for example a JUnit timeout. */
final class Interrupted {
    private Interrupted() {}

    static IllegalStateException now() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the story was interrupted while it waited");
    }
}
