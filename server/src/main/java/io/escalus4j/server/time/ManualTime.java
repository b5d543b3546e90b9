package io.escalus4j.server.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A time that somebody moves: what is due on the way runs in its order, on the thread of whoever moves it. Thread-safe.
 *
 * <pre>{@code
 * var time = ManualTime.standingStill(Instant.parse("2026-01-01T12:00:00Z"));
 * time.after(Duration.ofMinutes(5), () -> System.out.println("five minutes are over"));
 * time.advance(Duration.ofMinutes(10));   // prints it, and returns 1
 * }</pre>
 *
 * <p>Between the moves it stands still, or goes on as another time does.
 */
public final class ManualTime implements Time {
    private static final int MOST_AT_ONCE = 1_000_000;

    private final Optional<Time> flow;
    private final Instant start;
    private final ReentrantLock moving = new ReentrantLock();
    private final TreeSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparingLong((Waiting one) -> one.due).thenComparingLong(one -> one.order));
    private long order;
    private long moved;
    private Duration jumped = Duration.ZERO;
    private boolean closed;

    private ManualTime(Optional<Time> flow, Instant start) {
        this.flow = flow;
        this.start = start;
    }

    /** It is {@code start} until somebody moves it. */
    public static ManualTime standingStill(Instant start) {
        return new ManualTime(Optional.empty(), start);
    }

    /** It goes on as {@code flow} does, and is ahead of it by what it was moved; closed with this. */
    public static ManualTime flowing(Time flow) {
        return new ManualTime(Optional.of(flow), Instant.EPOCH);
    }

    // ---- what time it is

    @Override
    public synchronized Instant now() {
        var unmoved = flow.map(Time::now).orElse(start);
        return unmoved.plusNanos(moved).plus(jumped);
    }

    @Override
    public synchronized long ticks() {
        return flow.map(Time::ticks).orElse(0L) + moved;
    }

    /** Sets the clock on the wall forward, or back; nothing becomes due by that. */
    public synchronized void jump(Duration by) {
        jumped = jumped.plus(by);
    }

    // ---- what is due when

    @Override
    public Timer after(Duration delay, Runnable task) {
        return waiting(delay, Optional.empty(), task);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return waiting(period, Optional.of(period), task);
    }

    private synchronized Timer waiting(Duration delay, Optional<Duration> period, Runnable task) {
        var one = new Waiting(ticks() + delay.toNanos(), order++, period, new Guarded(task));
        put(one);
        return one;
    }

    private synchronized void put(Waiting one) {
        if (!closed && !one.cancelled) {
            waiting.add(one);
            flow.ifPresent(real -> one.flow = real.after(Duration.ofNanos(one.due - ticks()), () -> runIfDue(one)));
        }
    }

    private synchronized boolean take(Waiting one) {
        one.flow.cancel();
        return waiting.remove(one);
    }

    private void runIfDue(Waiting one) {
        if (take(one)) {
            one.run();
        }
    }

    private synchronized Optional<Waiting> takeNext(long until) {
        return waiting.isEmpty() || waiting.first().due > until
                ? Optional.empty()
                : Optional.of(waiting.first()).filter(this::take);
    }

    // ---- moving

    /** Moves on by {@code by}, see {@link #advance(Duration, Runnable)}. */
    public int advance(Duration by) {
        return advance(by, () -> {});
    }

    /**
     * Moves on by {@code by}, from one moment when something is due to the next.
     *
     * @param settle is called before the first move and whenever something has run: returns when what it set off is over
     * @return how many were due
     * @throws IllegalStateException if that were more than a million
     */
    public int advance(Duration by, Runnable settle) {
        moving.lock();
        try {
            settle.run();
            long target = ticks() + by.toNanos();
            int ran = runUntil(target, settle);
            moveTo(target);
            return ran;
        } finally {
            hurry();
            moving.unlock();
        }
    }

    private int runUntil(long target, Runnable settle) {
        int ran = 0;
        for (var next = takeNext(target); next.isPresent(); next = takeNext(target)) {
            if (++ran > MOST_AT_ONCE) {
                throw new IllegalStateException(
                        "more than %d timers were due, advance by less at a time".formatted(MOST_AT_ONCE));
            }
            moveTo(next.get().due);
            next.get().run();
            settle.run();
        }
        return ran;
    }

    private synchronized void moveTo(long moment) {
        moved += Math.max(0, moment - ticks());
    }

    /** What still waits is due earlier than the flow knows. */
    private synchronized void hurry() {
        if (flow.isPresent()) {
            List.copyOf(waiting).forEach(one -> {
                take(one);
                put(one);
            });
        }
    }

    /** How many timers wait. */
    public synchronized int due() {
        return waiting.size();
    }

    /** When the next is due, from now. */
    public synchronized Optional<Duration> untilNext() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, waiting.first().due - ticks())));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        flow.ifPresent(Time::close);
    }

    private final class Waiting implements Timer {
        private final long order;
        private final Optional<Duration> period;
        private final Runnable task;
        private long due;
        private Timer flow = () -> {};
        private boolean cancelled;

        Waiting(long due, long order, Optional<Duration> period, Runnable task) {
            this.due = due;
            this.order = order;
            this.period = period;
            this.task = task;
        }

        /** Comes back before it runs, so that it can cancel itself. */
        void run() {
            period.ifPresent(again -> {
                due += again.toNanos();
                put(this);
            });
            task.run();
        }

        @Override
        public void cancel() {
            synchronized (ManualTime.this) {
                cancelled = true;
                take(this);
            }
        }
    }
}
