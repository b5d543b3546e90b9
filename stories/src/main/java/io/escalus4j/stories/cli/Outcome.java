package io.escalus4j.stories.cli;

import io.escalus4j.ExpectedFailure;
import io.escalus4j.NotApplicable;
import io.escalus4j.stories.cli.Verdict.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Collects how the stories of a run ended. Thread-safe. */
final class Outcome implements TestExecutionListener {
    private final Progress progress;
    private final long start = System.nanoTime();
    private final List<Verdict> verdicts = new ArrayList<>();
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
        verdicts.add(verdict(story, Kind.NOT_APPLICABLE, reason, Optional.empty()));
        progress.stepped(true);
    }

    /** A class or the whole engine has a result too; it counts if it failed, since its stories were never told. */
    @Override
    public synchronized void executionFinished(TestIdentifier story, TestExecutionResult result) {
        Kind kind = kind(result);
        if (story.isTest() || kind != Kind.PASSED) {
            verdicts.add(verdict(
                    story,
                    kind,
                    result.getThrowable().map(Outcome::words).orElse(""),
                    result.getThrowable().flatMap(thrown -> place(story, thrown))));
        }
        if (story.isTest()) {
            progress.stepped(kind != Kind.FAILED);
        }
    }

    private static Kind kind(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Kind.PASSED;
            case FAILED -> Kind.FAILED;
            case ABORTED ->
                result.getThrowable()
                                .filter(ExpectedFailure.Met.class::isInstance)
                                .isPresent()
                        ? Kind.EXPECTED
                        : Kind.NOT_APPLICABLE;
        };
    }

    /** The first line of the story's class in the stack trace. */
    private static Optional<Verdict.Place> place(TestIdentifier story, Throwable thrown) {
        String type = StoryMethods.source(story).map(MethodSource::getClassName).orElse("");
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type) && frame.getLineNumber() > 0)
                .findFirst()
                .map(frame -> new Verdict.Place(
                        type.replaceFirst("[^.]*$", "").replace('.', '/') + frame.getFileName(),
                        frame.getLineNumber()));
    }

    private Verdict verdict(TestIdentifier story, Kind kind, String text, Optional<Verdict.Place> place) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun.getOrDefault(story, System.nanoTime()));
        return new Verdict(group(story), name(story), kind, withoutPrefix(text), took, place);
    }

    /** Of a story that is told several times: also which time it was. */
    private static String name(TestIdentifier story) {
        String shown = story.getDisplayName().replaceFirst("\\(.*", "");
        return method(story)
                .map(MethodSource::getMethodName)
                .filter(method -> !method.equals(shown))
                .map(method -> method + ", " + shown)
                .orElse(shown);
    }

    private static String withoutPrefix(String text) {
        return text.replaceFirst("^(" + NotApplicable.PREFIX + "|" + ExpectedFailure.Met.PREFIX + ")", "");
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean speaks = failure instanceof AssertionError || failure instanceof org.opentest4j.TestAbortedException;
        return speaks ? message : failure.getClass().getSimpleName() + ": " + message;
    }

    private static String group(TestIdentifier story) {
        return method(story)
                .map(source -> source.getClassName().replaceFirst(".*\\.", ""))
                .orElseGet(story::getDisplayName);
    }

    private static Optional<MethodSource> method(TestIdentifier story) {
        return story.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }

    synchronized List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    synchronized long count(Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).count();
    }

    boolean isGreen() {
        return count(Kind.FAILED) == 0;
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
