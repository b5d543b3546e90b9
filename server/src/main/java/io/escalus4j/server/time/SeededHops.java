package io.escalus4j.server.time;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Hops where every other one takes a while, which is drawn from a seed: the same seed, hop, person and number of the hop
 * make the same choice, whatever else goes on meanwhile. Thread-safe.
 *
 * <p>Somebody is known by the localpart of their JID up to its last {@code -}: stories call their users
 * {@code alice-the_story-4f2a}, and {@code alice-the_story} is the same in the next run, whatever else is told beside.
 */
public final class SeededHops implements Hops {
    private static final int MOST_COUNTED = 10_000;

    private final long seed;
    private final long most;
    private final Time time;
    private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /**
     * @param most how long a hop takes at most
     * @param time in which they take it; closed with this
     */
    public SeededHops(long seed, Duration most, Time time) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("hops of at most %s take no time, it must be above 0".formatted(most));
        }
        this.seed = seed;
        this.most = most.toNanos();
        this.time = time;
    }

    @Override
    public void run(String hop, Object who, Runnable task) {
        var delay = delay(hop + ' ' + name(who));
        if (delay.isZero()) {
            task.run();
        } else {
            time.after(delay, task);
        }
    }

    private static String name(Object who) {
        String local = who.toString().split("@", 2)[0];
        return local.contains("-") ? local.substring(0, local.lastIndexOf('-')) : local;
    }

    private Duration delay(String place) {
        String counted = counts.size() < MOST_COUNTED ? place : "";
        long number = counts.computeIfAbsent(counted, fresh -> new AtomicLong()).getAndIncrement();
        var random = new SplittableRandom(Objects.hash(seed, place, number));
        return random.nextBoolean() ? Duration.ZERO : Duration.ofNanos(random.nextLong(most) + 1);
    }

    @Override
    public <T> CompletionStage<T> pass(String hop, Object who, Supplier<CompletionStage<T>> work) {
        var done = new CompletableFuture<T>();
        run(hop, who, () -> {
            try {
                work.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        done.complete(value);
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException bug) {
                done.completeExceptionally(bug);
            }
        });
        return done;
    }

    @Override
    public void close() {
        time.close();
    }
}
