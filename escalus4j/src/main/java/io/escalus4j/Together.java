package io.escalus4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.opentest4j.MultipleFailuresError;

/** Lets several actors act at the same time, each on a thread of its own. */
public final class Together {
    private Together() {}

    /**
     * Returns when all have finished. If one fails its failure is thrown as it is, if several fail they are thrown in a
     * {@link MultipleFailuresError}; nobody is stopped because somebody else has failed.
     *
     * <pre>{@code
     * together(() -> enableCarbons(alice), () -> enableCarbons(alice2));
     * }</pre>
     */
    public static void together(Action... actions) {
        all(Stream.of(actions).map(Together::callable).toList());
    }

    private static Callable<Boolean> callable(Action action) {
        return () -> {
            try {
                action.run();
                return true;
            } catch (Throwable e) {
                throw Rethrow.asItIs(e);
            }
        };
    }

    /** The results in the order of the tasks. */
    static <T> List<T> all(List<Callable<T>> tasks) {
        var running = new ArrayList<Running<T>>();
        for (Callable<T> task : tasks) {
            running.add(Running.start("actor-" + (running.size() + 1), task));
        }
        var results = new ArrayList<T>();
        var failures = new ArrayList<Throwable>();
        for (Running<T> one : running) {
            Optional<Throwable> failure = one.join(results);
            failure.ifPresent(failures::add);
            if (failure.filter(InterruptedException.class::isInstance).isPresent()) {
                running.forEach(Running::interrupt);
            }
        }
        throwAny(failures, tasks.size());
        return results;
    }

    private static void throwAny(List<Throwable> failures, int actors) {
        if (failures.size() == 1) {
            throw Rethrow.asItIs(failures.get(0));
        }
        if (!failures.isEmpty()) {
            throw new MultipleFailuresError("%d of %d actors failed".formatted(failures.size(), actors), failures);
        }
    }

    private record Running<T>(Thread thread, FutureTask<T> task) {
        static <T> Running<T> start(String name, Callable<T> callable) {
            var task = new FutureTask<>(callable);
            return new Running<>(Threads.start(name, task), task);
        }

        Optional<Throwable> join(List<T> results) {
            try {
                results.add(task.get());
                return Optional.empty();
            } catch (ExecutionException e) {
                return Optional.of(e.getCause());
            } catch (InterruptedException e) {
                return Optional.of(e);
            }
        }

        void interrupt() {
            thread.interrupt();
        }
    }
}
