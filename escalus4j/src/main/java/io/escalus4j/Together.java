package io.escalus4j;

import java.util.ArrayList;
import java.util.List;
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
        boolean interrupted = awaitAll(running);
        var results = new ArrayList<T>();
        var failures = new ArrayList<Throwable>();
        running.forEach(one -> one.collect(results, failures));
        if (interrupted) {
            throw Interrupted.now();
        }
        throwAny(failures, tasks.size());
        return results;
    }

    /** Who is interrupted passes it on, and waits on: nobody is left behind. */
    private static boolean awaitAll(List<? extends Running<?>> running) {
        boolean interrupted = false;
        for (Running<?> one : running) {
            while (!one.await()) {
                interrupted = true;
                running.forEach(Running::interrupt);
            }
        }
        return interrupted;
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

        /** Whether it has finished; not if we were interrupted before. */
        boolean await() {
            try {
                thread.join();
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }

        void interrupt() {
            thread.interrupt();
        }

        void collect(List<T> results, List<Throwable> failures) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                throw Interrupted.now();
            }
        }
    }
}
