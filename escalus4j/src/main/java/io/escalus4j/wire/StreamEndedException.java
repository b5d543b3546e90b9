package io.escalus4j.wire;

import java.io.IOException;

/** The stream is no more, {@link #ending()} says why. */
public final class StreamEndedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Ending ending;

    public StreamEndedException(Ending ending) {
        super("the stream has ended: " + ending.text());
        this.ending = ending;
    }

    public Ending ending() {
        return ending;
    }
}
