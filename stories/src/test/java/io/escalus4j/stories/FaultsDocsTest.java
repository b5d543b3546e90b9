package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.stanza.Builders.chat;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Link;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/faults.md shows is what stands here, and it runs. */
class FaultsDocsTest {
    private static final Path DOCS = Path.of("../docs/faults.md");

    @Story
    void a_delay(Client alice, Client bob) {
        alice.link().delay(ofMillis(20));
        alice.send(chat(bob, "slowly"));
        bob.expect(chatMessage("slowly").from(alice));
        alice.link().heal();
    }

    @Story
    void single_stanzas(Scene scene) {
        Client alice = scene.connectManaged("alice");
        alice.link().drop(element("r", "urn:xmpp:sm:3"), 3);
        alice.link().cutInside("body");
    }

    @Story
    void after_the_fault(Scene scene, Client bob) {
        Client alice = scene.connectManaged("alice");
        alice.link().halfOpen();
        alice.send(chat(bob, "does anybody hear me?"));
        alice.kill();

        Client again = scene.resume(alice);

        bob.expect(chatMessage("does anybody hear me?").from(again));
    }

    @Test
    void every_example_stands_here() throws IOException {
        String here = words(Files.readString(Path.of("src/test/java/io/escalus4j/stories/FaultsDocsTest.java")));
        List<String> examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSize(3).allSatisfy(example -> assertThat(here).contains(words(example)));
    }

    @Test
    void every_fault_is_in_the_table() throws IOException {
        String docs = Files.readString(DOCS);
        Set<String> faults = Arrays.stream(Link.class.getMethods())
                .filter(method -> method.getReturnType() == Link.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(faults).hasSize(12).allSatisfy(fault -> assertThat(docs).contains("`" + fault + "("));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
