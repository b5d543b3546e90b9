package io.escalus4j.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.Stanzas;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting what a client acknowledges (XEP-0198 section 4). */
class UnackedTest {
    private static final long LAST = (1L << 32) - 1;

    private static Stanza message(int number) {
        return Stanzas.trusted(
                Element.of("message", Ns.CLIENT).with("id", Integer.toString(number)),
                Jid.of("alice@localhost/a"),
                Optional.empty());
    }

    private static Unacked sent(Unacked queue, int stanzas) {
        for (int i = 1; i <= stanzas; i++) {
            queue.add(message(i), Instant.EPOCH, false, 10);
        }
        return queue;
    }

    private static Unacked sent(int stanzas) {
        return sent(new Unacked(100, 10_000), stanzas);
    }

    @Test
    void what_is_acknowledged_is_forgotten_and_the_rest_stays_in_order() {
        var queue = sent(4);

        assertThat(queue.acknowledge(2)).isEqualTo(2);

        assertThat(queue.stanzas())
                .extracting(late -> late.stanza().id().orElse(""))
                .containsExactly("3", "4");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void every_count_up_to_what_was_sent_is_allowed(long h) {
        assertThat(sent(3).allows(h)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 1L << 31, (1L << 32) - 2, LAST})
    void a_count_above_what_was_sent_is_not_allowed(long h) {
        assertThat(sent(3).allows(h)).isFalse();
    }

    @Test
    void an_older_count_changes_nothing() {
        var queue = sent(5);
        queue.acknowledge(3);

        assertThat(queue.allows(1)).isTrue();
        assertThat(queue.acknowledge(1)).isZero();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void after_the_last_number_of_32_bits_comes_zero() {
        var queue = sent(new Unacked(100, 10_000, LAST - 1), 3);

        assertThat(queue.sentOnTheWire()).isEqualTo(1);
        assertThat(queue.acknowledge(LAST)).isEqualTo(1);
        assertThat(queue.acknowledge(0)).isEqualTo(1);
        assertThat(queue.allows(2)).isFalse();
        assertThat(queue.acknowledge(1)).isEqualTo(1);
    }

    @Test
    void more_stanzas_than_allowed_do_not_fit() {
        var queue = sent(new Unacked(3, 10_000), 3);

        assertThat(queue.add(message(4), Instant.EPOCH, false, 10)).isFalse();
    }

    @Test
    void more_bytes_than_allowed_do_not_fit_but_one_stanza_always_does() {
        var queue = new Unacked(100, 100);

        assertThat(queue.add(message(1), Instant.EPOCH, false, 200)).isTrue();
        assertThat(queue.add(message(2), Instant.EPOCH, false, 1)).isFalse();
    }
}
