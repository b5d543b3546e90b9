package io.escalus4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final long MILLI = 1_000_000;

    private final Deliveries deliveries = new Deliveries("a-");

    @Test
    void a_message_is_complete_when_everybody_has_it() {
        String id = deliveries.sent(0, 2);

        assertThat(deliveries.received(id, MILLI)).isFalse();
        assertThat(deliveries.outstanding()).isEqualTo(1);
        assertThat(deliveries.received(id, MILLI)).isTrue();
        assertThat(deliveries.outstanding()).isZero();
    }

    @Test
    void what_comes_twice_is_told() {
        String id = deliveries.sent(0, 1);
        deliveries.received(id, MILLI);

        assertThat(deliveries.received(id, MILLI)).isFalse();
        assertThat(deliveries.duplicates()).isEqualTo(1);
        assertThat(deliveries.received()).isEqualTo(1);
    }

    @Test
    void other_messages_do_not_count() {
        assertThat(deliveries.received("b-0", MILLI)).isFalse();
        assertThat(deliveries.received()).isZero();
    }

    @Test
    void time_counts_from_when_a_message_was_due() {
        IntStream.range(0, 5000).forEach(i -> {
            String id = deliveries.sent(0, 1);
            deliveries.received(id, i < 4950 ? 2 * MILLI : 300 * MILLI);
        });

        assertThat(deliveries.millis(50)).isBetween(1.9, 2.1);
        assertThat(deliveries.millis(99.5)).isBetween(299.0, 301.0);
    }
}
