package io.escalus4j;

import static io.escalus4j.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Check E29: a monotonic deadline that counts the callback's time, the values seen, exceptions mean "not yet". */
class E29EventuallyTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void it_returns_when_the_value_is_there() {
        var count = new AtomicInteger();

        eventually(count::incrementAndGet).within(LONG).is(5);

        assertThat(count).hasValue(5);
    }

    @Test
    void it_asks_about_each_millisecond() {
        var count = new AtomicInteger();
        long start = System.nanoTime();

        eventually(count::incrementAndGet).within(LONG).becomes("is 20", value -> value == 20);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Duration.ofSeconds(1)); // not 20 times 100 ms
    }

    @Test
    void exceptions_and_failed_assertions_mean_not_yet() {
        var count = new AtomicInteger();

        eventually(() -> {
                    int now = count.incrementAndGet();
                    if (now == 1) {
                        throw new IllegalStateException("too early");
                    }
                    assertThat(now).isGreaterThan(2);
                    return now;
                })
                .within(LONG)
                .is(3);
    }

    @Test
    void a_failure_tells_the_values_seen_and_how_often() {
        var count = new AtomicInteger();

        var failure = catchThrowableOfType(
                AssertionFailedError.class,
                () -> eventually("sessions of alice", () -> {
                            int now = count.incrementAndGet();
                            if (now == 3) {
                                throw new IllegalStateException("busy");
                            }
                            return now < 3 ? 2 : 1;
                        })
                        .within(SHORT)
                        .is(0));

        assertThat(failure.getMessage())
                .matches("(?s)eventually, within 100ms: sessions of alice is 0\\R"
                        + "seen: 2 \\(2 times\\), then threw IllegalStateException: busy, then 1( \\(\\d+ times\\))?");
        assertThat(failure.getExpected().getValue()).isEqualTo(0);
        assertThat(failure.getActual().getValue()).isEqualTo(1);
    }

    @Test
    void many_different_values_are_told_in_bounds() {
        var count = new AtomicInteger();

        assertThatThrownBy(() -> eventually(count::incrementAndGet)
                        .within(Duration.ofMillis(500))
                        .is(-1))
                .hasMessageContaining("seen: 1, then 2")
                .hasMessageContaining("other values …")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(2000));
    }

    @Test
    void the_time_of_the_callback_counts() {
        var never = new CountDownLatch(1);
        long start = System.nanoTime();

        assertThatThrownBy(() -> eventually(() -> {
                            never.await();
                            return 1;
                        })
                        .within(SHORT)
                        .is(1))
                .hasMessageContaining("seen: nothing, it did not answer");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(5));
        never.countDown();
    }

    @Test
    void an_interrupt_is_not_swallowed() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> eventually(() -> 1).within(LONG).is(2)).isNotInstanceOf(AssertionError.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
