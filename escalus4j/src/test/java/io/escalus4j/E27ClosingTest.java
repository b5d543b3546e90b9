package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.peer.ScriptedPeer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Check E27: a graceful stop is bounded, a kill is abrupt, and who waits for the end hears of it within 50 ms. */
class E27ClosingTest {
    private static final int ROUNDS = 5;

    @Test
    void a_stop_waits_for_the_server_but_not_for_ever() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.hear("</stream:stream>");
            stream.hearAll(); // never says good-bye
        })) {
            Client alice = Client.connect("alice", peer.settings());

            long begin = System.nanoTime();
            alice.close();

            assertThat(since(begin)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3)); // the standard second
        }
    }

    @Test
    void a_stop_ends_as_soon_as_the_server_says_good_bye() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.end();
        })) {
            Client alice = Client.connect("alice", peer.settings());

            long begin = System.nanoTime();
            alice.close();

            assertThat(since(begin)).isLessThan(Duration.ofMillis(900));
        }
    }

    @Test
    void a_kill_says_nothing() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            assertThat(stream.hearAll()).doesNotContain("</stream:stream>");
        })) {
            Client.connect("alice", peer.settings()).kill();
        }
    }

    /** Of several rounds one must be that fast: the others may have waited for a processor. */
    @Test
    void who_waits_for_the_end_hears_of_it_within_50_ms() throws Exception {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < ROUNDS; i++) {
            Duration once = delay();
            best = once.compareTo(best) < 0 ? once : best;
        }
        assertThat(best).isLessThan(Duration.ofMillis(50));
    }

    private static Duration delay() throws Exception {
        var closed = new CompletableFuture<Long>();
        var go = new CompletableFuture<Void>();
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            go.get(5, TimeUnit.SECONDS);
            closed.complete(System.nanoTime());
            stream.drop();
        })) {
            Client alice = Client.connect("alice", peer.settings());
            go.complete(null);
            alice.awaitClose();
            return since(closed.get(5, TimeUnit.SECONDS));
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
