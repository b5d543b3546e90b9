package io.escalus4j;

import io.escalus4j.control.WhiteBox;
import io.escalus4j.history.SequenceDiagram;
import io.escalus4j.match.FailureText;
import io.escalus4j.wire.Deadline;
import io.escalus4j.wire.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.opentest4j.MultipleFailuresError;

/** The end of a story: what must hold then, and what is given back. */
final class Curtain {
    private final Scene scene;
    private final Telling telling;

    Curtain(Scene scene) {
        this.scene = scene;
        this.telling = scene.telling();
    }

    Optional<Throwable> fall(Optional<Throwable> failure) {
        List<Throwable> found = new ArrayList<>(failure.isPresent() ? List.of() : inspect());
        scene.whiteBox().ifPresent(inside -> found.addAll(inside.restore()));
        found.addAll(giveBack());
        scene.whiteBox().ifPresent(inside -> found.addAll(log(inside)));
        Optional<Throwable> result = failure.or(() -> one(found));
        failure.ifPresent(cause -> found.forEach(cause::addSuppressed));
        draw(result);
        result.filter(cause -> !telling.settings().jitter().isZero())
                .ifPresent(cause -> attach(
                        cause,
                        "seed %d with jitter %s"
                                .formatted(
                                        telling.seed(),
                                        Deadline.words(telling.settings().jitter()))));
        return result;
    }

    // ---- what must hold

    private List<Throwable> inspect() {
        try {
            List<Throwable> broken =
                    telling.clients().stream().flatMap(this::brokenStream).toList();
            if (broken.isEmpty()) {
                Fence.between(telling, telling.clients(), telling.clients());
                return telling.clients().stream().flatMap(this::unread).toList();
            }
            return broken;
        } catch (RuntimeException | AssertionError e) {
            return List.of(e);
        }
    }

    private Stream<Throwable> brokenStream(Client client) {
        return client.unexpectedEnding().map(Ending::text).stream()
                .map(why -> telling.error(
                        client.name(),
                        FailureText.expected(client.name(), new Words("a stream that lasts until the end of the story"))
                                .closed(why),
                        telling.nextStep()));
    }

    /** Who was killed or closed on purpose is not asked any more. */
    private Stream<Throwable> unread(Client client) {
        if (client.hasLeft() || client.peek().isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(telling.error(
                client.name(), FailureText.unread(client.name()).received(client.peek()), telling.nextStep()));
    }

    private static Optional<Throwable> one(List<Throwable> found) {
        return found.size() <= 1
                ? found.stream().findFirst()
                : Optional.of(
                        new MultipleFailuresError("the story ended badly in %d ways".formatted(found.size()), found));
    }

    // ---- giving back

    private List<Throwable> giveBack() {
        var found = new ArrayList<Throwable>();
        telling.clients().forEach(client -> client.link().release());
        attempt(telling.clients().stream().<Action>map(client -> client::close), found);
        attempt(
                scene.users().stream()
                        .map(user -> () -> scene.server().provisioner().delete(user)),
                found);
        attempt(telling.clients().stream().map(client -> () -> requireOver(client)), found);
        return found;
    }

    private List<Throwable> log(WhiteBox inside) {
        try {
            return inside.end(telling.settings().logFails());
        } catch (RuntimeException unreachable) {
            return List.of(unreachable);
        }
    }

    private static void attempt(Stream<Action> actions, List<Throwable> found) {
        Together.all(actions.<Callable<Optional<Throwable>>>map(action -> () -> outcome(action))
                        .toList())
                .forEach(failure -> failure.ifPresent(found::add));
    }

    private static Optional<Throwable> outcome(Action action) {
        try {
            action.run();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private void requireOver(Client client) {
        if (!client.isOver(telling.settings().timeout())) {
            throw new AssertionError("%s leaks: the thread that reads its stream still runs".formatted(client));
        }
    }

    // ---- the report

    private void draw(Optional<Throwable> failure) {
        boolean wanted = telling.settings().keeps(failure.isPresent());
        telling.diagram().filter(file -> wanted).ifPresent(file -> draw(failure, file));
    }

    private void draw(Optional<Throwable> failure, Path file) {
        try {
            SequenceDiagram.write(telling.history(), failure, file);
            failure.ifPresent(cause -> attach(cause, "diagram: " + file));
        } catch (IOException e) {
            failure.ifPresent(
                    cause -> attach(cause, "no diagram could be written to %s: %s".formatted(file, e.getMessage())));
        }
    }

    private void attach(Throwable cause, String text) {
        if (!String.valueOf(cause.getMessage()).contains(text)) {
            cause.addSuppressed(new StoryReport("story %s, %s".formatted(telling.name(), text)));
        }
    }
}
