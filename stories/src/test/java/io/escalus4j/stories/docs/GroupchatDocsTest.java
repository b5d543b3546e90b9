package io.escalus4j.stories.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.stories.bench.GroupchatPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of truth of docs/groupchat.md names stories and figures that are there. */
class GroupchatDocsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern STORY =
            Pattern.compile("\\[(\\w+)]\\(\\.\\./(stories/src/main/java/[\\w/]+\\.java)\\)");
    private static final Pattern FIGURE = Pattern.compile("\\[[\\w ]+]\\(#([\\w-]+)\\)");

    @Test
    void each_story_of_the_table_of_truth_is_told() throws IOException {
        var links = STORY.matcher(page()).results().toList();

        assertThat(links)
                .hasSizeGreaterThan(10)
                .allSatisfy(link -> assertThat(Files.readString(Path.of("..", link.group(2))))
                        .contains("void " + link.group(1) + "("));
    }

    @Test
    void each_figure_of_the_table_of_truth_is_one_that_is_measured() throws IOException {
        var measured = GroupchatPage.FIGURES.stream()
                .map(title -> title.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();

        assertThat(FIGURE.matcher(page()).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(measured).contains(figure));
    }

    @Test
    void each_row_is_shown_by_something_or_says_not_yet() throws IOException {
        String tables = page().substring(0, page().indexOf("## Measured"));

        assertThat(tables.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| MUC |")))
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(row -> assertThat(row).containsAnyOf("](", "not yet", "shown by", "| PubSub |"));
    }

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("groupchat.md"));
    }
}
