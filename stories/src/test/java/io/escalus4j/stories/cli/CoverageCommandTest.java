package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a server in a JVM of its own, its agent, the map, the page. */
class CoverageCommandTest {
    private static final String BOUND = "server/src/main/java/io/escalus4j/server/stream/Bound.java";

    @TempDir
    Path folder;

    @Test
    void a_storys_lines_in_the_servers_jvm_are_its_own() throws Exception {
        assumeThat(Path.of("../.git")).as("a working tree of git").exists();
        Path map = folder.resolve("story-map.json");
        var said = new StringWriter();

        int exit = Main.commandLine()
                .setOut(new PrintWriter(said))
                .execute(
                        "coverage", "--stories", "ping.the_server*", "--map", map.toString(), "--no-client", "--quiet");

        assertThat(exit).as(said.toString()).isZero();
        assertThat(said.toString()).contains("measured: 1 JVMs");
        JsonNode json = new ObjectMapper().readTree(map.toFile());
        assertThat(json.path("stories").get(0).asText()).isEqualTo("(the start)");
        assertThat(json.path("stories").size()).isEqualTo(2);
        JsonNode bound = json.path("files").path(BOUND).path("lines");
        assertThat(bound.isEmpty()).isFalse();
        assertThat(bound)
                .as("nobody has bound a resource before the story")
                .anySatisfy(set -> assertThat(json.path("sets").get(set.asInt()).toString())
                        .isEqualTo("[1]"));
        assertThat(Files.readString(folder.resolve("story-map.html")))
                .contains("default-src 'none'")
                .doesNotContain("src=\"http");
    }
}
