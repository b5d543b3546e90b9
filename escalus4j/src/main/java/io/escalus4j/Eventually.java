package io.escalus4j;

import io.escalus4j.wire.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.AssertionFailedError;

/**
 * Waits until a value that can only be asked for is what it shall be: for what a server is like inside. Immutable.
 *
 * <pre>{@code
 * eventually("sessions of alice", () -> server.sessions("alice").size()).is(0);
 * eventually("metrics", server::metrics).within(Duration.ofSeconds(3)).satisfies(text -> text.contains("xmpp_sessions 0"));
 * }</pre>
 *
 * <p>The value is asked for each millisecond, on a thread of its own, until the deadline; the time that asking takes
 * counts, and who does not answer at all is waited for no longer. Whatever asking throws means "not yet". A failure tells
 * the values that were seen, each with how often it was seen in a row. For stanzas {@link Client#expect} is better: it
 * does not ask, it is told.
 */
public final class Eventually<T> {
    private static final Duration POLL = Duration.ofMillis(1);

    private final String what;
    private final Callable<? extends T> value;
    private final Duration within;

    private Eventually(String what, Callable<? extends T> value, Duration within) {
        this.what = what;
        this.value = value;
        this.within = within;
    }

    /** What is going to be waited for, as long as the setting {@code escalus.timeout} of this JVM says. */
    public static <T> Eventually<T> eventually(String what, Callable<? extends T> value) {
        return new Eventually<>(what, value, SettingsReader.ofJvm().timeout());
    }

    /** The same for what needs no name. */
    public static <T> Eventually<T> eventually(Callable<? extends T> value) {
        return eventually("the value", value);
    }

    public Eventually<T> within(Duration time) {
        return new Eventually<>(what, value, time);
    }

    /**
     * Returns when the value equals {@code expected}.
     *
     * @throws AssertionFailedError if it has not in time; it names all values that were seen
     */
    public void is(T expected) {
        var seen = new Seen();
        if (!comes(seen, found -> Objects.equals(found, expected))) {
            throw new AssertionFailedError(text("is " + Seen.text(expected), seen), expected, seen.last());
        }
    }

    /** Returns when the value satisfies {@code wanted}, which {@code words} describes in a failure; the value. */
    public T becomes(String words, Predicate<? super T> wanted) {
        var seen = new Seen();
        var found = new Found<T>();
        if (!comes(seen, one -> wanted.test(one) && found.set(one))) {
            throw new AssertionFailedError(text(words, seen));
        }
        return found.get();
    }

    /** The same without words. */
    public T satisfies(Predicate<? super T> wanted) {
        return becomes("is as it shall be", wanted);
    }

    private String text(String wanted, Seen seen) {
        return "eventually, within %s: %s %s%nseen: %s".formatted(Deadline.words(within), what, wanted, seen);
    }

    private boolean comes(Seen seen, Predicate<? super T> wanted) {
        Thread waiting = Thread.currentThread();
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(within)
                    .until(() -> waiting.isInterrupted() || isThere(seen, wanted));
            if (waiting.isInterrupted()) {
                throw Interrupted.now();
            }
            return true;
        } catch (ConditionTimeoutException late) {
            return false;
        }
    }

    private boolean isThere(Seen seen, Predicate<? super T> wanted) throws InterruptedException {
        try {
            T found = value.call();
            seen.value(found);
            return wanted.test(found);
        } catch (InterruptedException late) {
            throw late;
        } catch (Exception | AssertionError notYet) {
            seen.thrown(notYet);
            return false;
        }
    }

    /** The value that was good enough, handed over by the thread that asked. Thread-safe. */
    private static final class Found<T> {
        private volatile Optional<T> value = Optional.empty();

        boolean set(T found) {
            value = Optional.ofNullable(found);
            return true;
        }

        T get() {
            return value.orElseThrow();
        }
    }
}
