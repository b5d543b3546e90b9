package io.escalus4j.server.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's time: one thread runs what is due. Thread-safe. */
public final class SystemTime implements Time {
    private static final long LONGEST_END_SECONDS = 5;

    private final ScheduledThreadPoolExecutor due;

    /** @param threadName a daemon, so that a server that somebody forgot keeps no JVM alive */
    public SystemTime(String threadName) {
        this.due = new ScheduledThreadPoolExecutor(1, task -> daemon(task, threadName));
        due.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long ticks() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var running = due.schedule(new Guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> running.cancel(false);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        var running =
                due.scheduleAtFixedRate(new Guarded(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return () -> running.cancel(false);
    }

    /** Waits, within bounds, for the task that runs. */
    @Override
    public void close() {
        due.shutdownNow();
        try {
            due.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
