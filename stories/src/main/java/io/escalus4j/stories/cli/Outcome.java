package io.escalus4j.stories.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** How the stories of a run ended: a row for each class, and the text of each failure. Thread-safe. */
final class Outcome implements TestExecutionListener {
    private record Row(int passed, int failed, int skipped, Duration slowest) {
        static final Row NONE = new Row(0, 0, 0, Duration.ZERO);

        Row withPassed(Duration took) {
            return new Row(passed + 1, failed, skipped, took.compareTo(slowest) > 0 ? took : slowest);
        }

        Row withFailed() {
            return new Row(passed, failed + 1, skipped, slowest);
        }

        Row withSkipped() {
            return new Row(passed, failed, skipped + 1, slowest);
        }
    }

    private record Failure(String story, String text) {}

    private final Progress progress;
    private final long start = System.nanoTime();
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<TestIdentifier, Long> begun = new ConcurrentHashMap<>();

    Outcome(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void executionStarted(TestIdentifier story) {
        begun.put(story, System.nanoTime());
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier story, String reason) {
        rows.put(group(story), row(story).withSkipped());
        progress.stepped(true);
    }

    /** A class or the whole engine has a result too; it counts if it failed, since its stories were never told. */
    @Override
    public synchronized void executionFinished(TestIdentifier story, TestExecutionResult result) {
        switch (result.getStatus()) {
            case FAILED -> failed(story, result);
            case ABORTED -> rows.put(group(story), row(story).withSkipped());
            case SUCCESSFUL -> passed(story);
        }
        if (story.isTest()) {
            progress.stepped(result.getStatus() != TestExecutionResult.Status.FAILED);
        }
    }

    private void failed(TestIdentifier story, TestExecutionResult result) {
        rows.put(group(story), row(story).withFailed());
        failures.add(new Failure(
                name(story), result.getThrowable().map(Outcome::words).orElse("no reason was given")));
    }

    private void passed(TestIdentifier story) {
        if (story.isTest()) {
            rows.put(group(story), row(story).withPassed(Duration.ofNanos(System.nanoTime() - begun.get(story))));
        }
    }

    private Row row(TestIdentifier story) {
        return rows.getOrDefault(group(story), Row.NONE);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof AssertionError ? message : failure.getClass().getSimpleName() + ": " + message;
    }

    private static String group(TestIdentifier story) {
        return story.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getClassName().replaceFirst(".*\\.", ""))
                .orElseGet(story::getDisplayName);
    }

    private static String name(TestIdentifier story) {
        return group(story) + "." + story.getDisplayName().replace("()", "");
    }

    synchronized boolean isGreen() {
        return failures.isEmpty();
    }

    /** The failures, then a table of all classes, then the sum. */
    synchronized void print(PrintWriter out) {
        for (Failure failure : failures) {
            out.printf(
                    "%nFAILED  %s%n%s%n",
                    failure.story(), failure.text().indent(2).stripTrailing());
        }
        out.printf("%n%-28s %7s %7s %8s %9s%n", "story class", "passed", "failed", "skipped", "slowest");
        rows.forEach((group, row) -> print(out, group, row));
        Row sum = rows.values().stream().reduce(Row.NONE, Outcome::plus);
        print(out, "all, in %.1f s".formatted((System.nanoTime() - start) / 1e9), sum);
    }

    private static Row plus(Row a, Row b) {
        Duration slowest = a.slowest().compareTo(b.slowest()) > 0 ? a.slowest() : b.slowest();
        return new Row(a.passed() + b.passed(), a.failed() + b.failed(), a.skipped() + b.skipped(), slowest);
    }

    private static void print(PrintWriter out, String name, Row row) {
        out.printf(
                "%-28s %7d %7d %8d %6d ms%n",
                name, row.passed(), row.failed(), row.skipped(), row.slowest().toMillis());
    }
}
