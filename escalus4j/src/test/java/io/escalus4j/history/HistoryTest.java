package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Element CHAT = Element.of("message", "jabber:client")
            .with("type", "chat")
            .with("from", "alice-1@localhost/res1")
            .with("to", "bob-1@localhost")
            .with(Element.of("body").withText("Hi"));

    @Test
    void everything_is_kept_in_order_with_its_time() {
        var history = new History("a story");
        history.names().add("alice-1@localhost/res1", "alice");
        history.names().add("bob-1@localhost/res1", "bob");
        history.record("alice", Direction.OUT, CHAT);
        history.note("bob", "link cut");
        history.record("bob", Direction.IN, CHAT);
        history.record("bob", Direction.CONSUMED, CHAT);
        history.fence("bob");
        history.failed("bob", "bob expected: message");

        assertThat(history.title()).isEqualTo("a story");
        assertThat(history.entries())
                .extracting(entry -> entry.who() + " " + entry.direction() + " " + entry.text())
                .containsExactly(
                        "alice OUT chat to bob",
                        "bob NOTE link cut",
                        "bob IN chat from alice",
                        "bob CONSUMED chat from alice",
                        "bob FENCE nothing more is due",
                        "bob FAILURE bob expected: message");
        assertThat(history.entries()).extracting(Entry::at).isSorted();
        assertThat(history.last(2)).hasSize(2);
        assertThat(history.last(1).get(0)).matches("\\+\\d+\\.\\d{3}s bob <- chat from alice");
    }

    @Test
    void secrets_are_never_kept() {
        var history = new History("login");
        history.record("alice", Direction.OUT, Element.text("auth", "urn:ietf:params:xml:ns:xmpp-sasl", "AGEAcw=="));

        assertThat(history.entries().toString()).contains(Redaction.MARK).doesNotContain("AGEAcw");
    }

    @Test
    void the_oldest_go_when_there_are_too_many_and_are_counted() {
        var history = new History("long", new History.Limits(3, 1_000_000));
        for (int i = 0; i < 10; i++) {
            history.note("alice", "note " + i);
        }
        assertThat(history.entries()).extracting(Entry::text).containsExactly("note 7", "note 8", "note 9");
        assertThat(history.dropped()).isEqualTo(7);
    }

    @Test
    void the_oldest_go_when_they_are_too_large() {
        var history = new History("large", new History.Limits(100, 300));
        history.record("alice", Direction.OUT, CHAT.with("id", "1"));
        history.record("alice", Direction.OUT, CHAT.with("id", "2"));
        history.record("alice", Direction.OUT, CHAT.with("id", "3"));

        assertThat(history.entries())
                .extracting(entry -> entry.stanza().orElseThrow().attribute("id", ""))
                .containsExactly("2", "3");
        history.note("alice", "x".repeat(301));
        assertThat(history.entries()).isEmpty();
        assertThat(history.dropped()).isEqualTo(4);
    }

    @Test
    void limits_that_keep_nothing_are_refused() {
        assertThatThrownBy(() -> new History.Limits(0, 1))
                .hasMessage("a history of 0 entries and 1 bytes keeps nothing, both must be at least 1");
        assertThatThrownBy(() -> new History.Limits(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void many_threads_write_at_once_and_nothing_is_lost_or_out_of_time() throws Exception {
        int threads = 8;
        int each = 200;
        var history = new History("busy");
        var start = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            String who = "p" + i;
            pool.submit(() -> {
                start.await();
                for (int j = 0; j < each; j++) {
                    history.record(who, Direction.OUT, CHAT);
                }
                return who;
            });
        }
        pool.shutdown();

        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(history.entries())
                .hasSize(threads * each)
                .extracting(Entry::at)
                .isSorted();
    }
}
