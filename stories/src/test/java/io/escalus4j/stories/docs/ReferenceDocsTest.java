package io.escalus4j.stories.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Option;
import io.escalus4j.stories.reference.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/reference.md says what the code says. */
class ReferenceDocsTest {
    private static final Path PAGE = Path.of("../docs/reference.md");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    @Test
    void the_committed_page_is_the_one_that_the_command_writes() throws IOException {
        String text = new Reference(Path.of("../escalus4j/src/main/java/io/escalus4j")).text();

        assertThat(page()).as("bin/escalus reference writes it").isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void each_option_has_a_row(Option option) throws IOException {
        assertThat(page()).contains("| `%s` | ".formatted(option.key())).contains(option.meaning());
    }

    @Test
    void predicates_builders_annotations_and_faults_are_told_with_their_meaning() throws IOException {
        assertThat(page())
                .contains("- `available()`: Presence without a type (RFC 6121 section 4.7.1).")
                .contains("- `message(Object to, String body)`: Of type `normal`, which is said by saying nothing.")
                .contains("- `chat(Object to, String body)`\n")
                .contains("- `expectAll(Matcher... wanted)`: ")
                .contains(
                        "| `@KnownIssue` | This story is expected to fail on some server; if it passes there, that is the failure. |")
                .contains("*messages (RFC 6121 section 5)*")
                .contains("- `withMechanism(String name)`: Pins one mechanism, for example `SCRAM-SHA-1`.")
                .contains("- `halfOpen()`");
    }
}
