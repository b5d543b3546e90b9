package io.escalus4j.stories;

import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.initialPresence;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.Scene;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.exml.Element;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Link;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gate R4, on a small scale: alice and bob talk, alice's link fails as a seed says, again and again, and she goes on with
 * her session each time: nothing is lost, nothing comes twice, all of it is in order, and nothing of hers is left behind.
 */
class R4ResumptionTest {
    private static final int SCHEDULES = Integer.getInteger("escalus.r4.schedules", 4);
    private static final int ACTS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = EmbeddedServer.start();
    }

    @AfterAll
    static void end() {
        try {
            // the last clients have closed their streams; their sessions end a moment later
            assertThat(server.server().awaitIdle(PATIENCE)).isTrue();
            assertThat(server.server().sessions().count())
                    .as("sessions that are stuck")
                    .isZero();
        } finally {
            server.close();
        }
    }

    /** On the wire as it is, and authenticated by what costs least: there are hundreds of connections. */
    private static ConnectionSettings managed(ConnectionSettings settings) {
        return settings.withMechanism("PLAIN")
                .withSteps(Steps.openStream(), Steps.authenticate(), Steps.bind(), Steps.streamManagement(true));
    }

    /** Alice and bob, what each has said, and what each has heard. */
    private static final class Talk {
        private final Scene scene;
        private final Client bob;
        private final List<String> saidByAlice = new ArrayList<>();
        private final List<String> saidByBob = new ArrayList<>();
        private final List<String> heardByAlice = new ArrayList<>();
        private Client alice;

        Talk(Scene scene, long seed) {
            this.scene = scene;
            var seeded = new SplittableRandom(seed);
            this.bob = scene.client("bob");
            this.alice = scene.connect("alice/schedule" + seed, R4ResumptionTest::managed);
            alice.send(initialPresence());
            alice.requestAck();
            bob.drain();
            for (int i = 0; i < ACTS; i++) {
                act(seeded, i);
            }
        }

        private void act(RandomGenerator random, int number) {
            switch (random.nextInt(6)) {
                case 0, 1 -> aliceSays("alice " + number);
                case 2, 3 -> bobSays("bob " + number);
                case 4 -> fault(random).accept(alice.link());
                default -> resume();
            }
        }

        private static Consumer<Link> fault(RandomGenerator random) {
            int bytes = 1 + random.nextInt(400);
            return switch (random.nextInt(7)) {
                case 0 -> Link::cut;
                case 1 -> Link::reset;
                case 2 -> Link::halfOpen;
                case 3 -> Link::stall;
                case 4 -> link -> link.cutInside("body");
                case 5 -> link -> link.delay(Duration.ZERO, Duration.ofMillis(3));
                default -> link -> link.cutAfter(bytes);
            };
        }

        /** Whether it counts is what stream management says: then it is sent again by itself. */
        private void aliceSays(String text) {
            long before = alice.sm().sent();
            try {
                alice.send(chat(bob, text));
            } catch (AssertionError lost) {
                assertThat(lost).hasMessageContaining("open stream");
            }
            if (alice.sm().sent() > before) {
                saidByAlice.add(text);
            }
        }

        private void bobSays(String text) {
            bob.send(chat(alice, text));
            saidByBob.add(text);
        }

        private void resume() {
            Client gone = alice;
            gone.kill();
            gone.awaitClose();
            alice = scene.resume(gone);
            heardByAlice.addAll(bodies(gone.drain()));
        }

        private static List<String> bodies(List<Element> stanzas) {
            return stanzas.stream()
                    .flatMap(stanza -> stanza.childText("body").stream())
                    .toList();
        }

        void end() {
            resume();
            alice.fence(bob);
            bob.fence(alice);
            heardByAlice.addAll(bodies(alice.drain()));
            assertThat(bodies(bob.drain())).as("what bob has heard").isEqualTo(saidByAlice);
            assertThat(heardByAlice).as("what alice has heard").isEqualTo(saidByBob);
            alice.send(StreamManagement.request());
            alice.requestAck();
            assertThat(alice.sm().unacked()).isEmpty();
            alice.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void nothing_is_lost_and_nothing_comes_twice(int batch) {
        var settings = Settings.standard()
                .with(Option.TIMEOUT, "20s")
                .with(Option.HISTORY, "never")
                .with(Option.TRANSPORT, Transport.TCP.toString());
        Stage.on(server, settings).named("r4").run(scene -> {
            for (int i = 0; i < SCHEDULES; i++) {
                schedule(scene, batch * SCHEDULES + i);
            }
        });
    }

    private static void schedule(Scene scene, long seed) {
        try {
            new Talk(scene, seed).end();
        } catch (AssertionError failed) {
            throw new AssertionError("schedule of seed %d: %s".formatted(seed, failed.getMessage()), failed);
        }
    }
}
