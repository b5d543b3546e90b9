package io.escalus4j.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.time.ManualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final Hook<String> SAID = new Hook<>("said");

    private final Modules modules = new Modules(ManualTime.standingStill(Instant.EPOCH));
    private final List<String> heard = new ArrayList<>();

    private void take(HookHandler<String> handler) {
        modules.install(new Plain(hooks -> hooks.on(SAID, Phase.GUARD, handler)));
    }

    private Verdict<String> hear(String name, String said) {
        heard.add(name + " " + said);
        return Verdict.proceed(said + name);
    }

    @Test
    void what_is_known_by_now_is_decided_at_once() {
        take(said -> Verdict.later(CompletableFuture.completedFuture(hear("a", said))));
        take(said -> Verdict.later(
                CompletableFuture.completedFuture(Verdict.later(CompletableFuture.completedFuture(hear("b", said))))));
        take(said -> hear("c", said));

        assertThat(modules.run(SAID, "tea").toCompletableFuture()).isCompletedWithValue(Verdict.proceed("teaabc"));
        assertThat(heard).containsExactly("a tea", "b teaa", "c teaab");
    }

    @Test
    void nobody_is_asked_before_what_came_before_is_known() {
        var first = new CompletableFuture<Verdict<String>>();
        take(said -> Verdict.later(first));
        take(said -> Verdict.later(CompletableFuture.completedFuture(hear("b", said))));

        var verdict = modules.run(SAID, "tea").toCompletableFuture();
        assertThat(heard).isEmpty();
        first.complete(Verdict.later(CompletableFuture.completedFuture(Verdict.proceed("biscuits"))));

        assertThat(verdict).isCompletedWithValue(Verdict.proceed("biscuitsb"));
    }

    @Test
    void a_bug_is_no_verdict() {
        take(said -> {
            throw new IllegalStateException("a bug, made for this test");
        });
        take(said -> hear("b", said));

        assertThat(modules.run(SAID, "tea").toCompletableFuture()).isCompletedExceptionally();
        assertThat(heard).isEmpty();
    }

    @Test
    void who_fails_or_is_slow_keeps_nobody_from_being_told_in_order() {
        var slow = new CompletableFuture<Verdict<String>>();
        take(said -> {
            throw new IllegalStateException("a bug, made for this test");
        });
        take(said -> Verdict.later(CompletableFuture.failedFuture(new IllegalStateException("late"))));
        take(said -> Verdict.later(slow));
        take(said -> hear("d", said));

        var told = modules.tell(SAID, "tea").toCompletableFuture();
        assertThat(told).isNotDone();
        slow.completeExceptionally(new IllegalStateException("later still"));

        assertThat(told).isCompletedWithValue(null);
        assertThat(heard).containsExactly("d tea");
    }
}
