package io.escalus4j;

import static io.escalus4j.match.Matchers.chatMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.match.Matcher;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Check E15: so many stanzas within one time, and not one time for each. */
class E15OneDeadlineTest extends ClientFixture {
    @Test
    void a_hundred_that_do_not_come_cost_one_time() throws Exception {
        var never = new Matcher[100];
        Arrays.setAll(never, i -> chatMessage("never " + i));
        try (var peer = peer(stream -> {});
                var alice = alice(peer, patient().with(Option.TIMEOUT, "300ms"))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> alice.expectAll(never))
                    .hasMessageStartingWith("alice expected within 300ms: all of 100 in any order");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
        }
    }
}
