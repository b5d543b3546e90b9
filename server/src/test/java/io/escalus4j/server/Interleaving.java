package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs actors against each other over stores that answer late, one of the many ways in which that can happen. Each actor
 * begins its next step when its last one is over, as a client's stream does. Confined to one thread.
 */
public final class Interleaving {
    private final HeldStores stores;
    private final RandomGenerator random;
    private final List<Actor> actors = new ArrayList<>();

    private static final class Actor {
        private final Queue<Supplier<CompletableFuture<Void>>> steps;
        private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

        Actor(List<Supplier<CompletableFuture<Void>>> steps) {
            this.steps = new java.util.ArrayDeque<>(steps);
        }

        boolean canGoOn() {
            return running.isDone() && !steps.isEmpty();
        }

        void goOn() {
            running = steps.remove().get();
        }
    }

    public Interleaving(HeldStores stores, RandomGenerator random) {
        this.stores = stores;
        this.random = random;
    }

    @SafeVarargs
    public final Interleaving actor(Supplier<CompletableFuture<Void>>... steps) {
        actors.add(new Actor(List.of(steps)));
        return this;
    }

    /** An actor that sends these stanzas. */
    public Interleaving sender(TestSession session, String... stanzas) {
        var steps = new ArrayList<Supplier<CompletableFuture<Void>>>();
        for (String stanza : stanzas) {
            steps.add(() -> session.sending(stanza));
        }
        actors.add(new Actor(steps));
        return this;
    }

    /** Runs until nobody has anything left to do, and finds nobody waiting for ever. */
    public void run() {
        stores.hold();
        while (stores.waiting() > 0 || actors.stream().anyMatch(Actor::canGoOn)) {
            var ready = actors.stream().filter(Actor::canGoOn).toList();
            int choice = random.nextInt(ready.size() + stores.waiting());
            if (choice < ready.size()) {
                ready.get(choice).goOn();
            } else {
                stores.release(random);
            }
        }
        actors.forEach(actor -> {
            assertThat(actor.running).as("a step that began is over").isCompleted();
            assertThat(actor.steps).isEmpty();
        });
    }
}
