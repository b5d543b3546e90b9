package io.escalus4j.server.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.standingStill(NOON);
    private final List<String> ran = new ArrayList<>();

    @Test
    void it_stands_still_until_somebody_moves_it() {
        time.after(SECOND, () -> ran.add("too early"));
        assertThat(time.advance(Duration.ofMillis(999))).isZero();
        assertThat(time.now()).isEqualTo(NOON.plusMillis(999));
        assertThat(time.ticks()).isEqualTo(Duration.ofMillis(999).toNanos());
        assertThat(ran).isEmpty();
        assertThat(time.untilNext()).contains(Duration.ofMillis(1));
    }

    @Test
    void what_is_due_runs_in_its_order_and_at_its_time() {
        time.after(SECOND.multipliedBy(3), () -> ran.add("third at " + time.now()));
        time.after(SECOND, () -> ran.add("first at " + time.now()));
        time.after(SECOND, () -> ran.add("second at " + time.now()));
        assertThat(time.advance(Duration.ofMinutes(1))).isEqualTo(3);
        assertThat(ran)
                .containsExactly(
                        "first at 2026-01-01T12:00:01Z",
                        "second at 2026-01-01T12:00:01Z",
                        "third at 2026-01-01T12:00:03Z");
        assertThat(time.now()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void what_is_set_off_on_the_way_runs_too() {
        time.after(SECOND, () -> time.after(SECOND, () -> ran.add("at " + time.now())));
        assertThat(time.advance(SECOND.multipliedBy(2))).isEqualTo(2);
        assertThat(ran).containsExactly("at 2026-01-01T12:00:02Z");
    }

    @Test
    void it_waits_for_what_was_set_off_before_it_goes_on() {
        time.after(SECOND, () -> ran.add("due"));
        time.after(SECOND.multipliedBy(2), () -> ran.add("due later"));
        time.advance(SECOND.multipliedBy(3), () -> ran.add("settled"));
        assertThat(ran).containsExactly("settled", "due", "settled", "due later", "settled");
    }

    @Test
    void what_comes_again_and_again_comes_as_often_as_it_should() {
        Timer timer = time.every(SECOND, () -> ran.add("tick"));
        assertThat(time.advance(Duration.ofMillis(3500))).isEqualTo(3);
        timer.cancel();
        assertThat(time.advance(Duration.ofMinutes(1))).isZero();
        assertThat(time.due()).isZero();
    }

    @Test
    void it_can_end_itself_while_it_runs() {
        var timer = new AtomicReference<Timer>();
        timer.set(time.every(SECOND, () -> timer.get().cancel()));
        assertThat(time.advance(Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void a_bug_in_one_task_keeps_no_other_from_running() {
        time.after(SECOND, () -> {
            throw new IllegalStateException("a bug");
        });
        time.after(SECOND, () -> ran.add("the next"));
        assertThat(time.advance(SECOND)).isEqualTo(2);
        assertThat(ran).containsExactly("the next");
    }

    @Test
    void a_wall_clock_that_jumps_makes_nothing_due() {
        time.after(SECOND, () -> ran.add("due"));
        time.jump(Duration.ofDays(1));
        time.jump(Duration.ofHours(-2));
        assertThat(time.now()).isEqualTo(NOON.plus(Duration.ofHours(22)));
        assertThat(time.clock().instant()).isEqualTo(time.now());
        assertThat(time.ticks()).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void what_never_ends_is_refused() {
        time.every(Duration.ofNanos(1), () -> {});
        assertThatThrownBy(() -> time.advance(SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 1000000 timers were due, advance by less at a time");
    }

    @Test
    void nothing_is_due_any_more_when_it_is_closed() {
        time.after(SECOND, () -> ran.add("due"));
        time.close();
        time.after(SECOND, () -> ran.add("due"));
        assertThat(time.advance(SECOND)).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void a_time_that_flows_can_be_moved_too() {
        try (var flowing = ManualTime.flowing(new SystemTime("flow"))) {
            flowing.after(Duration.ofHours(1), () -> ran.add("by hand"));
            assertThat(flowing.advance(Duration.ofHours(2))).isEqualTo(1);
            assertThat(flowing.now()).isAfter(Instant.now().plus(Duration.ofMinutes(119)));
            assertThat(ran).containsExactly("by hand");
        }
    }

    @Test
    void a_time_that_flows_runs_what_is_due_by_itself() {
        try (var flowing = ManualTime.flowing(new SystemTime("flow"))) {
            var soon = new CompletableFuture<String>();
            var moved = new CompletableFuture<String>();
            flowing.after(Duration.ofMillis(1), () -> soon.complete("ran"));
            flowing.after(Duration.ofHours(1).plusMillis(1), () -> moved.complete("ran, and was moved nearer"));
            assertThat(soon.join()).isEqualTo("ran");
            flowing.advance(Duration.ofHours(1));
            assertThat(moved.join()).isEqualTo("ran, and was moved nearer");
        }
    }
}
