package io.escalus4j.junit;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.Scene;
import io.escalus4j.Time;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.history.StoryResult;
import io.escalus4j.history.StoryResult.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.TestAbortedException;

/** The story of one test: opened when the first parameter asks for it, ended after the test. Thread-safe. */
final class TestTelling {
    private static final MediaType HTML = MediaType.create("text", "html", StandardCharsets.UTF_8);

    private final ExtensionContext context;
    private final long start = System.nanoTime();
    private final boolean alone;
    private final Told told;
    private final Path diagram;
    private final Scene scene;
    private boolean gathered;

    TestTelling(ExtensionContext context) {
        this.context = context;
        this.alone = Parameters.ownsTime(context);
        this.told = alone ? Told.of(context).alone() : Told.of(context);
        this.diagram = told.run().diagrams().reserve(told.group(), told.story());
        this.scene = Scene.open(told.server(), told.settings(), told.story(), Optional.of(diagram));
        Annotations.expectedLogs(context).forEach(scene::expectLog);
    }

    Scene scene() {
        gather();
        return scene;
    }

    Time time() {
        return scene.time();
    }

    WhiteBox whiteBox() {
        return scene.whiteBox().orElseThrow();
    }

    Component component(String name) {
        gather();
        return scene.component(name);
    }

    Client client(String name) {
        gather();
        return scene.client(name);
    }

    /** Once, and before the first client is handed out. */
    private synchronized void gather() {
        if (!gathered) {
            gathered = true;
            scene.clients(Parameters.clients(context).toList());
            Annotations.nearest(context, Friends.class).ifPresent(friends -> scene.befriend(List.of(friends.value())));
        }
    }

    /** Throws what the end has found, unless the test has failed already: then it hangs on that failure. */
    void end(ExtensionContext ending) throws Exception {
        Optional<Throwable> before = ending.getExecutionException();
        Optional<Throwable> after = judged(scene.end(before));
        if (alone) {
            told.server().close();
        }
        report(after);
        if (before.isEmpty() && after.isPresent()) {
            raise(after.get());
        }
    }

    /** What a failure, or its absence, means on this server. */
    Optional<Throwable> judged(Optional<Throwable> failure) {
        return new Applicability(context).judged(told, failure);
    }

    /** A story that found out that it does not apply has not failed. */
    private static Outcome outcome(Throwable cause) {
        return cause instanceof TestAbortedException ? Outcome.SKIPPED : Outcome.FAILED;
    }

    private static void raise(Throwable cause) throws Exception {
        if (cause instanceof Exception exception) {
            throw exception;
        }
        throw (Error) cause;
    }

    private void report(Optional<Throwable> failure) {
        boolean kept = told.settings().keeps(failure.isPresent());
        Optional<Path> drawn = Optional.of(diagram).filter(file -> kept && Files.exists(file));
        drawn.filter(file -> failure.isPresent()).ifPresent(this::attach);
        told.run()
                .add(new StoryResult(
                        context.getUniqueId(),
                        told.story(),
                        told.group(),
                        Annotations.specs(context),
                        failure.map(TestTelling::outcome).orElse(Outcome.PASSED),
                        Duration.ofNanos(System.nanoTime() - start),
                        failure.map(cause -> String.valueOf(cause.getMessage())),
                        drawn));
    }

    /** For whoever reads JUnit's own reports; an attachment that cannot be made fails no story. */
    private void attach(Path file) {
        context.publishReportEntry("diagram", file.toString());
        try {
            context.publishFile(file.getFileName().toString(), HTML, copy -> Files.copy(file, copy));
        } catch (JUnitException nowhere) {
            context.publishReportEntry("diagram.attached", "no: " + nowhere.getMessage());
        }
    }
}
