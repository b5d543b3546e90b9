package io.escalus4j.stories;

import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.match.Matchers;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Check E02: of a story nothing remains, no connection, thread, session or user, whether it has passed or failed. */
@Isolated("it counts threads")
class E02NothingRemainsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EmbeddedServer server = EmbeddedServer.start();
    private final List<String> accounts = new CopyOnWriteArrayList<>();
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private Stage stage() {
        return Stage.on(server, Settings.standard().with(Option.TIMEOUT, "20s").with(Option.HISTORY, "never"));
    }

    private void noted(Client... clients) {
        List.of(clients).forEach(client -> accounts.add(client.account().toString()));
    }

    private void requireNothing() {
        assertThat(server.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(server.server().sessions().all()).isEmpty();
        assertThat(accounts)
                .isNotEmpty()
                .allSatisfy(account -> assertThat(server.server()
                                .context()
                                .stores()
                                .accounts()
                                .exists(Jid.of(account))
                                .toCompletableFuture()
                                .join())
                        .as(account)
                        .isFalse());
        assertThat(ours()).isEmpty();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(
                        () -> assertThat(connections()).as("open connections").isZero());
    }

    /** How many the server has, of whatever kind. */
    private double connections() {
        return server.server()
                .scrapeMetrics()
                .lines()
                .filter(line -> line.startsWith("xmpp_connections{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Threads of clients: readers, actors, links. */
    private Set<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(name -> name.startsWith("reader-") || name.startsWith("actor-") || name.startsWith("link-"))
                .collect(Collectors.toSet());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nothing_remains_of_a_story_that_passed() {
        stage().with("alice", "bob").run((alice, bob) -> {
            noted(alice, bob);
            alice.send(chat(bob, "Hi!"));
            bob.drain();
            bob.ignore(Matchers.message());
        });
        requireNothing();
    }

    @Test
    void nothing_remains_of_a_story_that_failed() {
        assertThatThrownBy(() -> stage().with("alice", "bob").run((alice, bob) -> {
                    noted(alice, bob);
                    throw new IllegalStateException("the body fails");
                }))
                .hasMessage("the body fails");
        requireNothing();
    }

    @Test
    void nothing_remains_of_broken_links() {
        stage().with("alice", "bob", "kate").run((alice, bob, kate) -> {
            noted(alice, bob, kate);
            alice.link().halfOpen();
            alice.send(chat(bob, "nobody hears that"));
            alice.kill();
            bob.link().cut();
            kate.link().stall();
        });
        requireNothing();
    }

    @Test
    void nothing_remains_on_any_wire_nor_of_a_component() {
        stage().run(scene -> {
            for (Transport transport : Transport.values()) {
                Client client = scene.connect("user" + transport.ordinal(), transport);
                noted(client);
                assertThat(connections()).isPositive();
            }
            Component echo = scene.component("echo");
            Client alice = scene.client("alice");
            noted(alice);
            alice.send(chat(echo, "Hi!"));
            echo.expect(Matchers.message());
        });
        requireNothing();
    }

    @Test
    void a_session_that_could_be_resumed_ends_with_its_user() {
        stage().run(scene -> {
            Client alice = scene.connectManaged("alice");
            noted(alice);
            alice.link().cut();
        });
        requireNothing();
    }
}
