package io.escalus4j.junit;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.presenceWithShow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.Scene;
import io.escalus4j.ServerFactory;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.Spec;
import io.escalus4j.Stage;
import io.escalus4j.peer.ToyFactory;
import io.escalus4j.peer.ToyServer;
import io.escalus4j.users.User;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** JUnit runs the classes below, and we look at what it says. */
@Timeout(60)
class EscalusExtensionTest {
    /** What the samples want to tell us, each under its own key. */
    private static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path reports;

    /** With patience: nothing here is about time. */
    private EngineTestKit.Builder kit(Class<?> type) {
        return bare(type).configurationParameter("escalus.timeout", "20s");
    }

    private EngineTestKit.Builder bare(Class<?> type) {
        SEEN.clear();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .configurationParameter("escalus.report", reports.toString());
    }

    private EngineExecutionResults run(Class<?> type) {
        return kit(type).execute();
    }

    private static void passes(EngineExecutionResults results, int tests) {
        results.testEvents().assertStatistics(stats -> stats.started(tests).succeeded(tests));
        results.containerEvents().assertStatistics(stats -> stats.failed(0));
    }

    private static void fails(Events events, String... words) {
        events.failed().assertThatEvents().hasSizeGreaterThan(0);
        for (String word : words) {
            events.assertThatEvents()
                    .haveAtLeast(1, event(test(), finishedWithFailure(message(text -> text.contains(word)))));
        }
    }

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

    // ---- servers

    static class Registered {
        @RegisterExtension
        static final EscalusExtension XMPP = EscalusExtension.builder()
                .server(() -> new ToyFactory.Handle(ToyServer.start(), "built"))
                .setting(Option.TIMEOUT, "7s")
                .build();

        @Story
        void the_built_server_is_used(Client alice, ServerHandle server, Scene scene) {
            check(server, scene);
        }

        @Test
        void without_the_annotation_too(Client alice, ServerHandle server, Scene scene) {
            check(server, scene);
        }

        @Nested
        class Deeper {
            @Story
            @Setting(option = Option.TIMEOUT, value = "8s")
            void and_in_nested_classes(ServerHandle server, Scene scene) {
                SEEN.add(server);
                assertThat(scene.settings().timeout()).isEqualTo(Duration.ofSeconds(8));
            }
        }

        private static void check(ServerHandle server, Scene scene) {
            SEEN.add(server);
            assertThat(((ToyFactory.Handle) server).colour()).isEqualTo("built");
            assertThat(scene.settings().timeout()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void a_registered_extension_brings_its_server_for_the_class() {
        passes(bare(Registered.class).execute(), 3);
        assertThat(SEEN).hasSize(1);
    }

    static class RegisteredForEach {
        @RegisterExtension
        final EscalusExtension xmpp = EscalusExtension.builder()
                .server(() -> new ToyFactory.Handle(ToyServer.start(), "each"))
                .build();

        @Story
        void first(Client alice, ServerHandle server) {
            SEEN.add(((ToyFactory.Handle) server).server());
        }

        @Test
        void second(Client alice, ServerHandle server) {
            SEEN.add(((ToyFactory.Handle) server).server());
        }
    }

    @Test
    void an_extension_in_an_instance_field_brings_a_server_for_each_test() {
        passes(run(RegisteredForEach.class), 2);
        assertThat(SEEN).hasSize(2).doesNotContain("none");
    }

    /** Not for the whole run. */
    public static final class OwnFactory extends ToyFactory {
        @Override
        public boolean isShared() {
            return false;
        }
    }

    @StoryServer(OwnFactory.class)
    static class Annotated {
        @Story
        void one(ServerHandle server) {
            SEEN.add(server);
        }

        @Nested
        class Inner {
            @Story
            void two(ServerHandle server) {
                SEEN.add(server);
            }
        }
    }

    @StoryServer(OwnFactory.class)
    static class AnnotatedToo extends Annotated {}

    @Test
    void an_annotated_server_that_is_not_shared_lives_for_its_class() {
        EngineExecutionResults results =
                kit(Annotated.class).selectors(selectClass(AnnotatedToo.class)).execute();

        results.testEvents().assertStatistics(stats -> stats.failed(0));
        assertThat(SEEN).hasSize(2);
    }

    /** Never starts. */
    public static final class BrokenFactory implements ServerFactory {
        @Override
        public ServerHandle start(Settings settings) throws Exception {
            throw new IOException("the port is taken");
        }
    }

    @StoryServer(BrokenFactory.class)
    static class Broken {
        @Story
        void never(Client alice) {}
    }

    @Test
    void a_server_that_does_not_start_is_told() {
        fails(run(Broken.class).testEvents(), "the server of the stories did not start: the port is taken");
    }

    static class Plain {
        @Story
        void story(Client alice, ServerHandle server, Scene scene) {
            SEEN.add(((ToyFactory.Handle) server).colour());
            SEEN.add(scene.settings().timeout());
        }
    }

    @Test
    void the_setting_names_the_server() {
        passes(
                kit(Plain.class)
                        .configurationParameter("escalus.server", ToyFactory.class.getName())
                        .execute(),
                1);
        fails(
                kit(Plain.class)
                        .configurationParameter("escalus.server", "com.example.Other")
                        .execute()
                        .testEvents(),
                "escalus.server is 'com.example.Other', but the ServerFactories on the class path are io.escalus4j.peer.ToyFactory");
    }

    @Test
    void no_server_at_all_is_told() throws IOException {
        try (var loader = Resources.hiding("META-INF/services/io.escalus4j.ServerFactory")) {
            fails(
                    loader.around(() -> run(Plain.class)).testEvents(),
                    "there is no ServerFactory on the class path; say @StoryServer");
        }
    }

    // ---- settings

    @Test
    void a_servers_own_settings_reach_it() {
        passes(
                kit(Plain.class)
                        .configurationParameter("escalus.toy.colour", "red")
                        .execute(),
                1);
        assertThat(SEEN).contains("red");
    }

    @Setting(option = Option.TIMEOUT, value = "2s")
    static class Set2 extends Plain {}

    @Test
    void an_annotation_sets_and_everything_else_overrides_it() throws IOException {
        bare(Set2.class).execute();
        assertThat(SEEN).contains(Duration.ofSeconds(2));

        try (var loader = Resources.with("junit-platform.properties", "escalus.timeout = 3s")) {
            loader.around(() -> bare(Set2.class).execute());
            assertThat(SEEN).contains(Duration.ofSeconds(3));

            loader.around(() -> kit(Set2.class)
                    .configurationParameter("escalus.timeout", "4s")
                    .execute());
            assertThat(SEEN).contains(Duration.ofSeconds(4));
        }
    }

    @Test
    void an_unknown_key_in_the_file_fails_and_lists_what_is_allowed() throws IOException {
        try (var loader = Resources.with("junit-platform.properties", "escalus.timeuot = 3s")) {
            fails(
                    loader.around(() -> run(Plain.class)).testEvents(),
                    "'escalus.timeuot' is no setting (it stands in junit-platform.properties), allowed are escalus.connect.timeout, escalus.history, escalus.inbox, escalus.report, escalus.server, escalus.timeout, escalus.toy.colour");
        }
    }

    @Test
    void a_value_that_means_nothing_fails() {
        Events tests = kit(Plain.class)
                .configurationParameter("escalus.timeout", "soon")
                .execute()
                .testEvents();

        tests.assertThatEvents()
                .haveAtLeast(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        cause(
                                                message(
                                                        "escalus.timeout is 'soon', it must be a duration such as 500ms, 2s or PT2S (set by a configuration parameter of JUnit)")))));
    }

    /** A class loader that shows other resources, for as long as a run takes. */
    private static final class Resources extends ClassLoader implements AutoCloseable {
        private final String name;
        private final Optional<String> content;

        private Resources(String name, Optional<String> content) {
            super(EscalusExtensionTest.class.getClassLoader());
            this.name = name;
            this.content = content;
        }

        static Resources with(String name, String content) {
            return new Resources(name, Optional.of(content));
        }

        static Resources hiding(String name) {
            return new Resources(name, Optional.empty());
        }

        @Override
        public InputStream getResourceAsStream(String wanted) {
            return wanted.equals(name)
                    ? content.map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                            .orElse(null)
                    : super.getResourceAsStream(wanted);
        }

        @Override
        public Enumeration<URL> getResources(String wanted) throws IOException {
            return wanted.equals(name) ? Collections.emptyEnumeration() : super.getResources(wanted);
        }

        EngineExecutionResults around(Supplier<EngineExecutionResults> run) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(this);
            try {
                return run.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
