package io.escalus4j;

import static io.escalus4j.Together.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.MultipleFailuresError;

@Timeout(30)
class TogetherTest {
    @Test
    void actors_act_at_the_same_time() {
        var barrier = new CyclicBarrier(3);

        together(barrier::await, barrier::await, barrier::await);

        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    void one_failure_is_thrown_as_it_is_when_all_have_finished() {
        var finished = new AtomicInteger();
        var failed = new CountDownLatch(1);
        var cause = new IOException("mine");

        Throwable thrown = catchThrowable(() -> together(
                () -> {
                    failed.countDown();
                    throw cause;
                },
                () -> {
                    failed.await();
                    finished.incrementAndGet();
                }));

        assertThat(thrown).isSameAs(cause);
        assertThat(finished).hasValue(1);
    }

    @Test
    void all_failures_are_told() {
        assertThatThrownBy(() -> together(
                        () -> {
                            throw new AssertionError("one");
                        },
                        () -> {},
                        () -> {
                            throw new IOException("two");
                        }))
                .isInstanceOfSatisfying(
                        MultipleFailuresError.class,
                        all -> assertThat(all.getFailures())
                                .extracting(Throwable::getMessage)
                                .containsExactly("one", "two"))
                .hasMessageStartingWith("2 of 3 actors failed");
    }

    @Test
    void nobody_is_no_trouble() {
        together();
    }

    @Test
    void who_is_interrupted_interrupts_the_actors() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var thrown = new AtomicReference<Throwable>();
        var caller = new Thread(() -> thrown.set(catchThrowable(() -> together(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }))));
        caller.start();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).hasMessage("the story was interrupted while it waited");
        assertThat(interrupted).isTrue();
    }

    @Test
    void threads_are_virtual_where_there_are_any() throws Exception {
        Thread thread = Threads.start("test", () -> {});
        thread.join();

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("escalus4j-test");
        boolean virtual = Runtime.version().feature() >= 21;
        assertThat(thread.getClass().getSimpleName()).isEqualTo(virtual ? "VirtualThread" : "Thread");
    }
}
