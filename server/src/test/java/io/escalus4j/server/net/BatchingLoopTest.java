package io.escalus4j.server.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchingLoopTest {
    private final BatchingLoop loop = new BatchingLoop(
            null, new ThreadPerTaskExecutor(Executors.defaultThreadFactory()), NioIoHandler.newFactory());
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
    }

    @Test
    void who_has_something_to_write_does_so_in_the_loop_in_the_order_of_the_calls() throws Exception {
        write("alice");
        write("bob");

        awaitWriters();

        assertThat(done).containsExactly("alice", "bob");
    }

    @Test
    void all_that_are_due_write_in_one_go_and_who_comes_meanwhile_waits_for_the_next() throws Exception {
        inLoop(() -> {
            BatchingLoop.whenWriting(loop, () -> {
                done.add("alice");
                write("alice again");
                loop.execute(() -> done.add("between the goes"));
            });
            write("bob");
        });

        awaitWriters();

        assertThat(done).startsWith("alice", "bob").contains("alice again", "between the goes");
        assertThat(done.indexOf("bob")).isLessThan(done.indexOf("alice again"));
    }

    @Test
    void after_a_long_go_the_loop_has_time_for_other_things_before_it_writes_again() throws Exception {
        var ended = new CompletableFuture<Long>();
        var again = new CompletableFuture<Long>();

        BatchingLoop.whenWriting(loop, () -> {
            busy(MILLISECONDS.toNanos(5));
            BatchingLoop.whenWriting(loop, () -> again.complete(System.nanoTime()));
            ended.complete(System.nanoTime());
        });

        long rest = again.get(10, SECONDS) - ended.get(10, SECONDS);
        assertThat(rest).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(9));
    }

    @Test
    void a_writer_that_fails_keeps_no_other_from_writing() throws Exception {
        BatchingLoop.whenWriting(loop, () -> {
            throw new AssertionError("on purpose");
        });
        write("bob");

        awaitWriters();

        assertThat(done).containsExactly("bob");
    }

    @Test
    void nothing_that_many_threads_add_at_once_is_forgotten() throws Exception {
        int threads = 4;
        int each = 20_000;
        var left = new CountDownLatch(threads * each);

        for (int i = 0; i < threads; i++) {
            CompletableFuture.runAsync(() -> {
                for (int n = 0; n < each; n++) {
                    BatchingLoop.whenWriting(loop, left::countDown);
                }
            });
        }

        assertThat(left.await(15, SECONDS)).isTrue();
    }

    @Test
    void a_loop_of_another_kind_runs_it_like_any_task() throws Exception {
        var other = new DefaultEventLoop();
        var ran = new CompletableFuture<Boolean>();

        BatchingLoop.whenWriting(other, () -> ran.complete(other.inEventLoop()));

        assertThat(ran.get(10, SECONDS)).isTrue();
        other.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
    }

    private void write(String name) {
        BatchingLoop.whenWriting(loop, () -> done.add(name));
    }

    private void inLoop(Runnable task) throws Exception {
        loop.submit(task).get(10, SECONDS);
    }

    /** Two goes: what the writers of the first have added is written too. */
    private void awaitWriters() throws Exception {
        for (int go = 0; go < 2; go++) {
            var written = new CompletableFuture<Void>();
            BatchingLoop.whenWriting(loop, () -> written.complete(null));
            written.get(10, SECONDS);
        }
    }

    private static void busy(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
