package io.escalus4j.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes<String> lanes = new Lanes<>();
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<Void> run(String key, String name, CompletableFuture<Void> work) {
        return lanes.run(key, () -> {
                    begun.add(name);
                    return work;
                })
                .toCompletableFuture();
    }

    @Test
    void work_for_one_key_waits_for_what_came_before_and_other_keys_do_not() {
        var first = new CompletableFuture<Void>();
        run("alice", "a1", first);
        var second = run("alice", "a2", CompletableFuture.completedFuture(null));
        run("bob", "b1", CompletableFuture.completedFuture(null));
        assertThat(begun).containsExactly("a1", "b1");

        first.complete(null);

        assertThat(begun).containsExactly("a1", "b1", "a2");
        assertThat(second).isCompleted();
        assertThat(lanes.isEmpty()).isTrue();
    }

    @Test
    void however_much_waits_all_of_it_is_done() {
        var first = new CompletableFuture<Void>();
        run("room", "first", first);
        var last = first;
        for (int i = 0; i < 100_000; i++) {
            last = run("room", "next", CompletableFuture.completedFuture(null));
        }

        first.complete(null);

        assertThat(begun).hasSize(100_001);
        assertThat(last).isCompleted();
        assertThat(lanes.isEmpty()).isTrue();
    }

    @Test
    void work_that_fails_does_not_hold_up_what_comes_after() {
        var failed = run("alice", "a1", CompletableFuture.failedFuture(new IllegalStateException("no")));
        var thrown = lanes.run("alice", () -> {
            throw new IllegalStateException("thrown");
        });

        run("alice", "a2", CompletableFuture.completedFuture(null));

        assertThat(failed).isCompletedExceptionally();
        assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
        assertThat(begun).containsExactly("a1", "a2");
        assertThat(lanes.isEmpty()).isTrue();
    }
}
