package io.escalus4j.stories.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the diagrams of a run are: {@code REPORT/CLASS/STORY.html}. */
record Diagrams(Path report) {

    /** The file, absolute, if there is one. */
    Optional<Path> of(Verdict verdict) {
        return Optional.of(report.resolve(verdict.group()).resolve(verdict.story() + ".html"))
                .filter(Files::isRegularFile)
                .map(file -> file.toAbsolutePath().normalize());
    }
}
