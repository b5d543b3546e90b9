package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.stories.cli.Verdict.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CI systems get of a run with thousands of failures and hostile stanzas in them. */
class GitHubTest {
    @TempDir
    Path folder;

    private static List<Verdict> failures(int count, String text) {
        var verdicts = new ArrayList<Verdict>();
        for (int i = 0; i < count; i++) {
            verdicts.add(new Verdict(
                    "TeaStory",
                    "tea_is_cold_" + i,
                    Kind.FAILED,
                    text,
                    Duration.ofMillis(3),
                    Optional.of(new Verdict.Place("io/escalus4j/stories/TeaStory.java", 42))));
        }
        return verdicts;
    }

    private static String annotations(List<Verdict> verdicts) {
        var out = new StringWriter();
        new GitHub(verdicts).annotate(new PrintWriter(out, true));
        return out.toString();
    }

    @Test
    void five_thousand_failures_make_a_summary_below_one_mebibyte() {
        String summary = new GitHub(failures(5000, "wanted tea, was\n".repeat(2000))).summary();

        assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThan(1024 * 1024);
        assertThat(summary).contains("### 4990 more failures", "… 1980 more lines");
    }

    @Test
    void what_does_not_fit_is_counted() {
        String summary = new GitHub(failures(5000, "x".repeat(200_000))).summary();

        assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isLessThan(1024 * 1024);
        assertThat(summary).contains("parts more did not fit into 1 MiB.");
    }

    @Test
    void ten_annotations_have_file_and_line_and_the_last_counts_the_others() {
        String annotations = annotations(failures(5000, "cold\n100% cold"));

        assertThat(annotations.lines()).hasSize(10);
        assertThat(annotations)
                .contains(
                        "::error file=stories/src/main/java/io/escalus4j/stories/TeaStory.java,line=42,title=TeaStory.tea_is_cold_0::cold%0A100%25 cold")
                .contains("::error title=4991 more stories failed::see the summary");
    }

    @Test
    void a_stanza_cannot_write_commands_or_markup() {
        var hostile = failures(1, "was <script>alert(1)</script>\n::error::mine\n\n# heading\n\u001B[31m");

        assertThat(annotations(hostile).lines()).hasSize(1);
        assertThat(new GitHub(hostile).summary()).doesNotContain("<script>", "\n\n# heading", "\u001B");
    }

    @Test
    void junit_xml_is_well_formed_whatever_is_in_it_and_names_the_diagram() throws Exception {
        var verdict = failures(1, "was \u0000\u001B]]><x>").get(0);
        Path diagram = folder.resolve("TeaStory/tea_is_cold_0.html");
        Files.createDirectories(diagram.getParent());
        Files.writeString(diagram, "");
        Path file = folder.resolve("TEST-stories.xml");

        new JUnitXml(List.of(verdict), Duration.ofSeconds(1), new Diagrams(folder)).write(file);

        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getElementsByTagName("system-out").item(0).getTextContent())
                .isEqualTo("[[ATTACHMENT|%s]]".formatted(diagram));
    }

    @Test
    void the_summary_goes_where_the_environment_says() throws IOException {
        Path summary = folder.resolve("summary.md");

        new GitHub(failures(1, "cold"))
                .report(Map.of("GITHUB_STEP_SUMMARY", summary.toString()), new PrintWriter(new StringWriter()));

        assertThat(summary).content().contains("| 0 | 1 | 0 | 0 |");
    }
}
