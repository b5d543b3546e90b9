package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.history.StoryResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportIndexTest {
    @TempDir
    Path directory;

    private StoryResult result(String name, Outcome outcome, long millis, String failure, String... specs) {
        return new StoryResult(
                name,
                name,
                "io.escalus4j.stories.ChatStory",
                List.of(specs),
                outcome,
                Duration.ofMillis(millis),
                failure.isEmpty() ? Optional.empty() : Optional.of(failure),
                Optional.of(directory.resolve("ChatStory").resolve(name + ".html")));
    }

    private String page(List<StoryResult> results) throws IOException {
        Path file = directory.resolve("index.html");
        ReportIndex.write("Stories against the embedded server", results, file);
        return Files.readString(file);
    }

    private List<StoryResult> some() {
        return List.of(
                result(
                        "a_chat_arrives",
                        Outcome.PASSED,
                        20,
                        "",
                        "XEP-0280 section 8: each enabled resource",
                        "RFC 6121 section 8.5"),
                result("a_chat_is_lost", Outcome.FAILED, 1200, "bob expected: message", "XEP-0030 section 3"),
                result(
                        "an_archive_answers",
                        Outcome.SKIPPED,
                        0,
                        "the server does not offer urn:xmpp:mam:2",
                        "XEP-0313"),
                result("nobody_knows_why", Outcome.PASSED, 3, ""));
    }

    @Test
    void totals_come_first() throws IOException {
        var page = page(some());

        assertThat(page)
                .contains("<b>2</b><span>passed</span>", "<b>1</b><span>failed</span>", "<b>1</b><span>skipped</span>")
                .contains("<b>4</b><span>stories</span>", "<b>1.2 s</b><span>in stories</span>");
        Hostile.assertHarmless(page);
    }

    @Test
    void failures_stand_before_all_else_with_text_and_link() throws IOException {
        var page = page(some());

        assertThat(page)
                .contains(
                        "<a href=\"./ChatStory/a_chat_is_lost.html\" data-story=\"s0\">a chat is lost</a>",
                        "<pre>bob expected: message</pre>");
        assertThat(page.indexOf("<pre>bob expected"))
                .isLessThan(page.indexOf("the server does not offer"))
                .isLessThan(page.indexOf("class=\"chips\""));
        assertThat(page(some().subList(0, 1)))
                .doesNotContain("<h2>Failures</h2>", "Skipped, and why")
                .contains("<span>story</span>");
    }

    @Test
    void stories_stand_under_every_document_that_they_prove() throws IOException {
        var page = page(some());
        var groups = Pattern.compile("<summary><b>([^<]*)</b>")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(groups).containsExactly("RFC 6121", "XEP-0030", "XEP-0280", "XEP-0313", Specs.NONE);
        assertThat(page).contains("section 8: each enabled resource", "0 of 1 passed");
    }

    @Test
    void documents_are_recognised_however_they_are_written() {
        assertThat(List.of("XEP-0280 section 8", "xep 280: says", "XEP-280"))
                .allMatch(spec -> Specs.document(spec).equals("XEP-0280"));
        assertThat(Specs.document("see RFC 6120 section 4")).isEqualTo("RFC 6120");
        assertThat(Specs.document("house rule")).isEqualTo("house rule");
        assertThat(Specs.rest("RFC 6120: says")).isEqualTo("says");
        assertThat(Specs.rest("house rule")).isEmpty();
    }

    @Test
    void two_hundred_stories_are_folded_but_for_the_failed_ones() throws IOException {
        var many = new ArrayList<StoryResult>();
        for (int i = 0; i < 200; i++) {
            many.add(result(
                    "story_" + i,
                    i == 7 ? Outcome.FAILED : Outcome.PASSED,
                    i,
                    "",
                    "XEP-%04d section 1".formatted(i % 10)));
        }
        var page = page(many);
        var open = Pattern.compile("<details class=\"group card\" id=\"[^\"]*\" open>")
                .matcher(page)
                .results()
                .count();

        assertThat(open).isEqualTo(1);
        assertThat(page.split("<li ", -1)).hasSize(1 + 200 + 5);
        assertThat(page.indexOf(">story 199</a>", page.indexOf("Slowest"))).isPositive();
        Hostile.assertHarmless(page);
    }

    @Test
    void a_run_without_stories_is_a_page_too() throws IOException {
        var page = page(List.of());

        assertThat(page).contains("<b>0</b><span>stories</span>", "<b>0 ms</b>", "No story was told");
        Hostile.assertHarmless(page);
    }

    @Test
    void hostile_names_and_texts_stay_text() throws IOException {
        var page = page(List.of(
                new StoryResult(
                        Hostile.TEXT,
                        Hostile.TEXT,
                        Hostile.TEXT,
                        List.of(Hostile.TEXT),
                        Outcome.FAILED,
                        Duration.ofMillis(1),
                        Optional.of(Hostile.TEXT),
                        Optional.of(directory.resolve("javascript:alert(1)#?\"><b>.html"))),
                new StoryResult(
                        "2",
                        Hostile.TEXT,
                        Hostile.TEXT,
                        List.of("XEP-0001 " + Hostile.TEXT),
                        Outcome.SKIPPED,
                        Duration.ofMillis(1),
                        Optional.empty(),
                        Optional.empty())));

        Hostile.assertHarmless(page);
        assertThat(page).contains("href=\"./javascript%3Aalert%281%29%23%3F%22%3E%3Cb%3E.html\"", "no reason given");
    }
}
