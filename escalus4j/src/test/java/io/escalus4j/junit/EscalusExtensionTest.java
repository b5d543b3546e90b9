package io.escalus4j.junit;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.presenceWithShow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.ServerHandle;
import io.escalus4j.Spec;
import io.escalus4j.Stage;
import io.escalus4j.users.User;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.Events;

/** JUnit runs the classes below, and we look at what it says. */
@Timeout(60)
class EscalusExtensionTest extends ExtensionFixture {
    // ---- parameters

    static class Greetings {
        @Story
        @Spec(rfc = 6121, section = "5", says = "a message reaches its recipient")
        void alice_greets_bob(Client alice, Client bob) {
            alice.send(chat(bob, "Hi!"));
            bob.expect(chatMessage("Hi!").from(alice));
        }

        @Story
        void alice_has_two_devices(Client alice, Client alice2, @Named("alice/phone") Client phone) {
            assertThat(alice2.account()).isEqualTo(alice.account());
            assertThat(phone.jid().resource()).isEqualTo("phone");
        }

        @Story
        void everything_else_can_be_asked_for(Scene scene, Stage stage, ServerHandle server, User kate) {
            assertThat(scene.user("kate")).isEqualTo(kate);
            assertThat(scene.name()).isEqualTo("everything_else_can_be_asked_for");
            assertThat(server.domain()).isEqualTo("localhost");
            stage.with("alice", "bob").run((alice, bob) -> {
                alice.send(chat(bob, "Hi!"));
                bob.expect(chatMessage("Hi!"));
            });
        }

        @Story
        void nobody_is_needed() {}
    }

    @Test
    void a_story_gets_what_it_asks_for() {
        passes(run(Greetings.class), 4);
    }

    @Test
    void the_overview_of_the_run_lists_the_stories_and_what_they_prove() throws IOException {
        run(Greetings.class);

        assertThat(Files.readString(reports.resolve("index.html")))
                .contains("alice greets bob", "RFC 6121", "a message reaches its recipient");
    }

    static class Befriended {
        @Story
        @Friends({"alice", "bob"})
        void friends_see_each_other(Client alice, Client bob) {
            alice.send(presenceWithShow("away"));
            bob.expect(available().withShow("away").from(alice));
            alice.expect(available().from(alice));
        }
    }

    @Test
    void friends_are_made_before_the_story() {
        passes(run(Befriended.class), 1);
    }

    static class Prepared {
        private Client early;

        @BeforeEach
        void prepare(Client alice) {
            early = alice;
        }

        @Story
        void the_client_of_before_each_is_that_of_the_story(Client alice, Client bob) {
            assertThat(early).isSameAs(alice);
            bob.send(chat(alice, "Hi!"));
        }

        @AfterEach
        void read(Client alice) {
            alice.expect(chatMessage("Hi!"));
        }
    }

    @Test
    void before_each_and_after_each_take_part_in_the_story() {
        passes(run(Prepared.class), 1);
    }

    @ExtendWith(EscalusExtension.class)
    static class OtherKinds {
        @ParameterizedTest
        @ValueSource(strings = {"one", "two"})
        void parameterized(String body, Client alice, Client bob) {
            alice.send(chat(bob, body));
            bob.expect(chatMessage(body));
            SEEN.add(alice.account());
        }

        @RepeatedTest(3)
        void repeated(Client alice) {
            SEEN.add(alice.account());
        }
    }

    @Test
    void parameterized_and_repeated_tests_are_stories_too_each_with_fresh_users() {
        passes(run(OtherKinds.class), 5);
        assertThat(SEEN).hasSize(5);
    }

    static class Outer {
        @Story
        void outside(Client alice, ServerHandle server) {
            SEEN.add(server);
        }

        @Nested
        @Friends({"alice", "bob"})
        class Inner {
            @Story
            void inside(Client alice, Client bob, ServerHandle server) {
                SEEN.add(server);
                bob.send(presenceWithShow("dnd"));
                alice.expect(available().withShow("dnd"));
                bob.expect(available().from(bob));
            }
        }
    }

    @Test
    void nested_classes_share_the_server() {
        passes(run(Outer.class), 2);
        assertThat(SEEN).hasSize(1);
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private Client last;

        @Story
        void first(Client alice) {
            see(alice);
        }

        @Story
        void second(Client alice) {
            see(alice);
        }

        private void see(Client alice) {
            assertThat(alice).isNotSameAs(last);
            last = alice;
        }
    }

    @Test
    void one_instance_for_all_tests_still_has_fresh_clients() {
        passes(run(OneInstance.class), 2);
    }

    static class Many {
        @RepeatedTest(20)
        @ExtendWith(EscalusExtension.class)
        void side_by_side(Client alice, Client bob) {
            alice.send(chat(bob, "Hi!"));
            bob.expect(chatMessage("Hi!").from(alice));
            bob.expectNothing();
        }
    }

    @Test
    void stories_run_in_parallel() {
        passes(
                kit(Many.class)
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                        .execute(),
                20);
    }

    static class TooEarly {
        @BeforeAll
        static void prepare(Client alice) {}

        @Story
        void never() {}
    }

    @ExtendWith(EscalusExtension.class)
    static class FarTooEarly extends TooEarly {}

    @Test
    void a_client_lives_for_one_story() {
        run(FarTooEarly.class)
                .containerEvents()
                .assertThatEvents()
                .haveAtLeast(
                        1,
                        event(finishedWithFailure(message(text ->
                                text.contains("lives for one story: take it in the test method or in @BeforeEach")))));
    }

    // ---- failing

    static class Failing {
        @Story
        void a_missing_message(Client alice, Client bob) {
            alice.send(chat(bob, "Hi"));
            bob.expect(chatMessage("Hi!").from(alice), Duration.ofMillis(20));
        }

        @Story
        void an_unread_message(Client alice, Client bob) {
            alice.send(chat(bob, "unheard"));
        }

        @Story
        void an_error_of_its_own(Client alice) throws IOException {
            throw new IOException("my own");
        }

        @Story
        void a_wrong_name(@Named("/") Client nobody) {}
    }

    @Test
    void a_failing_story_tells_why_and_where_its_diagram_is() {
        Events tests = run(Failing.class).testEvents();

        tests.assertStatistics(stats -> stats.failed(4));
        fails(
                tests,
                "bob expected within 20ms: chat message \"Hi!\" from alice        (story a_missing_message, step 2)",
                "diagram: " + reports.resolve("EscalusExtensionTest.Failing/a_missing_message.html"),
                "bob left stanzas unread",
                "my own",
                "'/' names no client, we allow alice, alice2 and alice/phone");
        assertThat(reports.resolve("EscalusExtensionTest.Failing"))
                .isDirectoryContaining("glob:**an_error_of_its_own.html");
        assertThat(reports.resolve("index.html")).content().contains("bob left stanzas unread");
    }
}
