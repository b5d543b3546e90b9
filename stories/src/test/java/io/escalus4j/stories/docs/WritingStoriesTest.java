package io.escalus4j.stories.docs;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.escalus4j.RemoteServer;
import io.escalus4j.Stage;
import io.escalus4j.stories.docs.Page.Block;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The tutorial does what it says: each block is compiled, its stories are told, and what is shown to fail fails so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WritingStoriesTest {
    private static final Path TUTORIAL = Path.of("../docs/writing-stories.md");

    private Path folder;
    private TutorialServer server;
    private Page page;
    private Compiled compiled;

    @BeforeAll
    void compile(@TempDir Path fresh) throws Exception {
        folder = fresh;
        server = TutorialServer.start(folder);
        page = Page.read(TUTORIAL);
        compiled = Compiled.of(page, folder, server::asItIsHere);
    }

    @AfterAll
    void close() throws IOException {
        compiled.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> each_story_of_the_tutorial_ends_as_it_says() {
        return page.blocks().stream()
                .filter(block ->
                        block.source().contains("@Story\n") || block.source().contains("@Test\n"))
                .map(block -> DynamicTest.dynamicTest(block.className(), () -> tell(block)));
    }

    private void tell(Block block) throws ClassNotFoundException {
        Map<String, TestExecutionResult> results = results(compiled.type(block));
        assertThat(results).isNotEmpty();
        assertThat(results).allSatisfy((story, result) -> {
            if (block.failure().isEmpty()) {
                assertThat(result.getThrowable()).isEmpty();
                assertThat(result.getStatus()).isEqualTo(Status.SUCCESSFUL);
            } else {
                assertThat(result.getThrowable())
                        .map(WritingStoriesTest::shown)
                        .hasValue(block.failure().get());
            }
        });
    }

    private Map<String, TestExecutionResult> results(Class<?> type) {
        var results = new LinkedHashMap<String, TestExecutionResult>();
        try (var session = LauncherFactory.openSession()) {
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(type))
                    .configurationParameter(
                            "escalus.report", folder.resolve("stories").toString())
                    .configurationParameter("escalus.timeout", "1s")
                    .build();
            session.getLauncher().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                        results.put(test.getDisplayName(), result);
                    }
                }
            });
        }
        return results;
    }

    /** What differs from run to run is not part of what the tutorial shows. */
    private static String shown(Throwable failure) {
        return failure.getMessage()
                .replaceAll("(?s)last stanzas: .*", "")
                .replaceAll("-[a-z_]+-\\w{8}@", "-...@")
                .replaceAll("id='[-0-9a-f]{32,36}'", "id='...'");
    }

    @TestFactory
    Stream<DynamicTest> each_way_to_accounts_lets_alice_greet_bob() {
        return page.blocks().stream()
                .filter(block -> block.source().contains("static RemoteServer"))
                .flatMap(this::ways)
                .map(way -> DynamicTest.dynamicTest(way.getName(), () -> greet((RemoteServer) way.invoke(null))));
    }

    private Stream<Method> ways(Block block) {
        try {
            return Stream.of(compiled.type(block).getDeclaredMethods())
                    .filter(method -> method.getReturnType() == RemoteServer.class)
                    .peek(method -> method.setAccessible(true));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void greet(RemoteServer server) {
        Stage.on(server).with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "Hello"));
            bob.expect(chatMessage("Hello").from(alice));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"escalus4j", "junit-jupiter", "maven-compiler-plugin", "maven-surefire-plugin"})
    void the_versions_in_the_tutorial_are_those_of_the_build(String artifact) throws IOException {
        String build = dense(Path.of("../pom.xml"));
        String version = switch (artifact) {
            case "escalus4j" -> after("<artifactId>escalus4j-parent</artifactId><version>", build);
            case "junit-jupiter" -> after("<junit.version>", build);
            default -> after("<artifactId>%s</artifactId><version>".formatted(artifact), build);
        };

        assertThat(dense(TUTORIAL))
                .contains("<artifactId>%s</artifactId><version>%s</version>".formatted(artifact, version));
    }

    private static String dense(Path file) throws IOException {
        return Files.readString(file).replaceAll("\\s+", "");
    }

    private static String after(String before, String text) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf('<', start));
    }
}
