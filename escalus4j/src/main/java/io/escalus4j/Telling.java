package io.escalus4j;

import io.escalus4j.history.History;
import io.escalus4j.match.FailureText;
import io.escalus4j.wire.Link;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One telling of a story: what its clients share. Thread-safe. */
final class Telling {
    private final String name;
    private final Settings settings;
    private final Optional<Path> diagram;
    private final Optional<Quiescence> quiescence;
    private final History history;
    private final Marks marks = new Marks();
    private final long seed;
    private final AtomicInteger steps = new AtomicInteger();
    private final List<Client> clients = new CopyOnWriteArrayList<>();

    /** @param diagram where its sequence diagram will be written if it is written */
    Telling(String name, Settings settings, Optional<Path> diagram, Optional<Quiescence> quiescence) {
        this.name = name;
        this.settings = settings;
        this.diagram = diagram;
        this.quiescence = quiescence;
        this.seed = settings.seed().orElseGet(() -> (long) new SecureRandom().nextInt(Integer.MAX_VALUE));
        this.history = new History(name);
    }

    String name() {
        return name;
    }

    Settings settings() {
        return settings;
    }

    History history() {
        return history;
    }

    /** From what everything in this telling is drawn that is left to chance. */
    long seed() {
        return seed;
    }

    Marks marks() {
        return marks;
    }

    Optional<Path> diagram() {
        return diagram;
    }

    Optional<Quiescence> quiescence() {
        return quiescence;
    }

    /** A link for the next connection of {@code who}; what is left to chance on it is the same under the same seed. */
    Link link(String who) {
        long before =
                clients.stream().filter(client -> client.name().equals(who)).count();
        var link = new Link(Objects.hash(seed, who, before), fault -> history.fault(who, fault));
        return settings.jitter().isZero() ? link : link.delay(Duration.ZERO, settings.jitter());
    }

    /** Everybody who has connected, the departed too. */
    List<Client> clients() {
        return List.copyOf(clients);
    }

    void joins(Client client) {
        clients.add(client);
    }

    /** Counts what clients do, from 1. */
    int nextStep() {
        return steps.incrementAndGet();
    }

    /** What was counted last; 0 before the body has begun. */
    int step() {
        return steps.get();
    }

    /** What {@code who} has to complain of, told with all that is known about the story. */
    AssertionError error(String who, FailureText text, int step) {
        history.failed(who, text.headline());
        FailureText told = text.story(name, step).history(history);
        return diagram.map(told::diagram).orElse(told).error();
    }
}
