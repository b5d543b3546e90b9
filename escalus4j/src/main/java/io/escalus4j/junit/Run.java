package io.escalus4j.junit;

import io.escalus4j.Diagrams;
import io.escalus4j.Settings;
import io.escalus4j.history.ReportIndex;
import io.escalus4j.history.StoryResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All stories of one run of JUnit; when it is over JUnit closes this, and the overview is written. Thread-safe. */
final class Run implements AutoCloseable {
    private final Settings settings;
    private final Diagrams diagrams;
    private final List<StoryResult> results = new CopyOnWriteArrayList<>();

    Run(Settings settings) {
        this.settings = settings;
        this.diagrams = new Diagrams(settings.report());
    }

    Diagrams diagrams() {
        return diagrams;
    }

    void add(StoryResult result) {
        results.add(result);
    }

    @Override
    public void close() throws IOException {
        if (!results.isEmpty() && settings.history() != Settings.Keep.NEVER) {
            ReportIndex.write("Stories", results, settings.report().resolve("index.html"));
        }
    }
}
