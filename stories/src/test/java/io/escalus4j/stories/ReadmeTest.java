package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.presenceWithShow;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.Stage;
import io.escalus4j.junit.EscalusExtension;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README shows is what stands here, and it runs. */
class ReadmeTest {
    @Nested
    class TeaStory {
        @Story
        @Friends({"alice", "bob"})
        @Spec(rfc = 6121, section = "4.4.2", says = "changed presence goes to all who are subscribed")
        void bob_sees_that_alice_has_tea(Client alice, Client bob, Client kate) {
            alice.send(presenceWithShow("away", "Tea"));

            bob.expect(available().from(alice).withShow("away").withStatus("Tea"));
            alice.expect(available().from(alice).withShow("away"));
            kate.expectNothing();
        }
    }

    @Nested
    class OwnTests {
        @RegisterExtension
        static EscalusExtension xmpp =
                EscalusExtension.builder().server(EmbeddedServer::start).build();

        @Test
        void a_greeting_arrives(Client alice, Client bob) {
            alice.send(chat(bob, "Hello"));
            bob.expect(chatMessage("Hello").from(alice));
        }
    }

    @Test
    void a_story_without_junit() {
        try (var server = EmbeddedServer.start()) {
            Stage.on(server).with("alice", "bob").run((alice, bob) -> {
                alice.send(chat(bob, "Hello"));
                bob.expect(chatMessage("Hello").from(alice));
            });
        }
    }

    @Test
    void every_example_of_the_readme_stands_here() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String here = words(Files.readString(Path.of("src/test/java/io/escalus4j/stories/ReadmeTest.java")));

        List<String> examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).hasSize(2);
        assertThat(examples).allSatisfy(example -> assertThat(here).contains(words(example)));
    }

    /** The formatter may break lines elsewhere than the README. */
    private static String words(String code) {
        return String.join(
                " ",
                Arrays.asList(code.replaceAll("\\s+", " ")
                        .replaceAll(" ?([.(){}]) ?", "$1")
                        .split(" ")));
    }
}
