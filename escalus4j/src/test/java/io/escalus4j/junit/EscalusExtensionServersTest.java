package io.escalus4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.Scene;
import io.escalus4j.ServerFactory;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.peer.ToyFactory;
import io.escalus4j.peer.ToyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;

/** Which server stories are told on, and what is set about them. */
class EscalusExtensionServersTest extends ExtensionFixture {
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
                    "'escalus.timeuot' is no setting (it stands in junit-platform.properties), allowed are escalus.connect.timeout, ",
                    "escalus.toy.colour");
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
                                        message(
                                                "escalus.timeout is 'soon', it must be a duration such as 500ms, 2s or PT2S (set by a configuration parameter of JUnit)"))));
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
