package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagramsTest {
    private final Diagrams diagrams = new Diagrams(Path.of("out"));

    @Test
    void every_telling_has_a_file_of_its_own() {
        assertThat(diagrams.reserve("ChatStory", "hello")).isEqualTo(Path.of("out/ChatStory/hello.html"));
        assertThat(diagrams.reserve("ChatStory", "hello")).isEqualTo(Path.of("out/ChatStory/hello-2.html"));
        assertThat(diagrams.reserve("ChatStory", "hello")).isEqualTo(Path.of("out/ChatStory/hello-3.html"));
        assertThat(diagrams.reserve("OtherStory", "hello")).isEqualTo(Path.of("out/OtherStory/hello.html"));
    }

    @Test
    void no_name_leads_out_of_the_directory() {
        assertThat(diagrams.reserve("../..", "../../etc/passwd")).isEqualTo(Path.of("out/story/etc-passwd.html"));
        assertThat(diagrams.reserve("a", "x".repeat(500)).getFileName().toString())
                .hasSize(125);
    }
}
