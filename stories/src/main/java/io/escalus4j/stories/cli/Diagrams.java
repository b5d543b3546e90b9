package io.escalus4j.stories.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the diagrams of a run are: {@code REPORT/CLASS/STORY.html}. */
record Diagrams(Path report) {

    /** The file, absolute, if there is one. */
    Optional<Path> of(Verdict verdict) {
        String file = verdict.story().replaceAll("[^A-Za-z0-9-]+", "_") + ".html";
        return Optional.of(report.resolve(verdict.group()).resolve(file))
                .filter(Files::isRegularFile)
                .map(found -> found.toAbsolutePath().normalize());
    }
}
