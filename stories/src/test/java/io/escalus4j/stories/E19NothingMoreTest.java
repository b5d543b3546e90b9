package io.escalus4j.stories;

import static io.escalus4j.stanza.Builders.chat;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.history.Direction;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.stories.server.EmbeddedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Check E19: "no stanzas" has a quiet period and a barrier, and each catches a stanza that is delayed by 50 ms, on its way
 * to the server or inside of it.
 */
class E19NothingMoreTest {
    private static final int DELAY = 50;

    private static Stage stage(ServerHandle server) {
        return Stage.on(server, Settings.standard().with(Option.TIMEOUT, "20s").with(Option.HISTORY, "never"));
    }

    /** Takes its time over each message, as a module does that asks a slow store. */
    private record Slow() implements Module {
        @Override
        public Xep xep() {
            return new Xep(9999, "Slow", "1");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(
                    Hook.RECEIVED,
                    Phase.GUARD,
                    received -> received.stanza() instanceof Message
                            ? Verdict.later(later(Verdict.proceed(received)))
                            : Verdict.proceed(received));
        }

        private static <T> CompletableFuture<T> later(T value) {
            return CompletableFuture.supplyAsync(
                    () -> value, CompletableFuture.delayedExecutor(DELAY, TimeUnit.MILLISECONDS));
        }
    }

    /** On a machine that is busy 50 ms may be over before anybody looks: then no proof was needed. */
    private static void requireCaught(Client bob, String proof) {
        assertThatThrownBy(bob::expectNothing)
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)bob expected nothing( \\(%s\\))?  .*".formatted(proof))
                .hasMessageContaining("late");
        bob.drain();
    }

    @Test
    void a_quiet_period_catches_what_is_late() {
        try (var server = EmbeddedServer.start()) {
            stage(server).with("alice", "bob").run((alice, bob) -> {
                alice.link().delay(ofMillis(DELAY));
                alice.send(chat(bob, "late"));
                assertThatThrownBy(() -> bob.expectNothingFor(ofMillis(20_000)))
                        .hasMessageStartingWith("bob expected nothing")
                        .hasMessageContaining("late");
                bob.drain();
            });
        }
    }

    @Test
    void a_fence_catches_what_is_late_on_its_way_to_the_server() {
        try (var server = EmbeddedServer.start()) {
            stage(server).with("alice", "bob").run((alice, bob) -> {
                alice.link().delay(ofMillis(DELAY));
                alice.send(chat(bob, "late"));
                requireCaught(bob, "pings and marks are back");
            });
        }
    }

    @Test
    void a_fence_catches_what_is_late_inside_of_the_server() {
        try (var server = EmbeddedServer.start()) {
            server.server().modules().install(new Slow());
            stage(server).with("alice", "bob").run((alice, bob) -> {
                alice.send(chat(bob, "late"));
                requireCaught(bob, "pings and marks are back");
            });
        }
    }

    @Test
    void an_idle_server_proves_that_nothing_is_late() {
        try (var server = EmbeddedServer.startAlone()) {
            server.server().modules().install(new Slow());
            stage(server).with("alice", "bob").run((alice, bob) -> {
                alice.send(chat(bob, "late"));
                requireCaught(bob, "the server is idle");
                alice.link().delay(ofMillis(DELAY));
                alice.send(chat(bob, "late on the link and in the server"));
                requireCaught(bob, "the server is idle");
                bob.expectNothing();
            });
        }
    }

    @Test
    void the_history_says_what_the_proof_was() {
        try (var server = EmbeddedServer.startAlone()) {
            stage(server).run(scene -> {
                scene.client("alice").expectNothing();
                assertThat(scene.history().entries())
                        .filteredOn(entry -> entry.direction() == Direction.FENCE)
                        .extracting(entry -> entry.text())
                        .isNotEmpty()
                        .containsOnly("nothing more is due: the server is idle");
            });
        }
    }
}
