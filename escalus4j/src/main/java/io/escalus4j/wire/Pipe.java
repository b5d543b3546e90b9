package io.escalus4j.wire;

import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What happens to bytes on one way of a {@link Link}: when they may pass, and how many, and how they look. Thread-safe. */
final class Pipe {
    /** How long something takes, in nanoseconds. */
    interface Delay {
        long next();
    }

    private static final Delay NONE = () -> 0;
    private static final long UNCUT = -1;
    private static final int INTACT = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Delay delay = NONE;
    private int bytesPerSecond;
    private boolean held;
    private boolean closed;
    private int bit = INTACT;
    private long left = UNCUT;
    private Runnable end = () -> {};
    private long lastRelease = System.nanoTime();

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void delay(Delay wanted) {
        change(() -> delay = wanted);
    }

    void throttle(int rate) {
        change(() -> bytesPerSecond = rate);
    }

    void hold(boolean wanted) {
        change(() -> held = wanted);
    }

    void corrupt(int whichBit) {
        change(() -> bit = whichBit);
    }

    /** @param then runs when so many bytes have passed */
    void cutAfter(long bytes, Runnable then) {
        change(() -> {
            left = bytes;
            end = then;
        });
    }

    void heal() {
        change(() -> {
            delay = NONE;
            bytesPerSecond = 0;
            held = false;
            bit = INTACT;
            left = UNCUT;
            lastRelease = System.nanoTime();
        });
    }

    /** Whoever waits here waits no longer. */
    void close() {
        change(() -> closed = true);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether bytes pass at once. */
    boolean isClear() {
        lock.lock();
        try {
            return delay == NONE && bytesPerSecond == 0 && !held;
        } finally {
            lock.unlock();
        }
    }

    boolean isHeld() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** When bytes that get here now may pass; never before those that got here earlier. */
    long release(int length) {
        lock.lock();
        try {
            long takes = bytesPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * length / bytesPerSecond;
            long earliest = System.nanoTime() + delay.next();
            lastRelease = (earliest - lastRelease > 0 ? earliest : lastRelease) + takes;
            return lastRelease;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when nothing is held back and {@code moment} has come, or all is healed.
     *
     * @param deadline when to give up, by {@link System#nanoTime()}
     * @return whether it was so before the deadline
     * @throws SocketException if it is closed meanwhile
     */
    boolean await(long moment, Deadline deadline) throws IOException {
        lock.lock();
        try {
            while (!closed && (held || moment - System.nanoTime() > 0 && !isClear())) {
                long left = Math.min(held ? Long.MAX_VALUE : moment - System.nanoTime(), deadline.remaining());
                if (deadline.isPast()) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            if (closed) {
                throw new SocketException("Socket closed");
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        } finally {
            lock.unlock();
        }
    }

    /** The bytes as they are after this way: one bit may be turned, and what is behind a cut is missing. */
    byte[] shaped(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            int kept = left == UNCUT ? length : (int) Math.min(left, length);
            byte[] shaped = Arrays.copyOfRange(bytes, offset, offset + kept);
            if (bit != INTACT && kept > 0) {
                shaped[0] ^= (byte) (1 << bit);
                bit = INTACT;
            }
            left = left == UNCUT ? UNCUT : left - kept;
            return shaped;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection if the last byte before a cut has passed. */
    void cutIfDue() {
        lock.lock();
        Runnable due = left == 0 ? end : () -> {};
        lock.unlock();
        due.run();
    }
}
