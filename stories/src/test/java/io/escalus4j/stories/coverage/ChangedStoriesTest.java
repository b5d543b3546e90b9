package io.escalus4j.stories.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small change in a small repository, and the stories that it concerns. */
class ChangedStoriesTest {
    private static final String TEA = "server/src/main/java/Tea.java";
    private static final String BEFORE = """
            class Tea {
                int cups = 1;

                void pour() {
                    fill();
                }

                void drink() {
                    // slowly
                    sip();
                }

                void spill() {
                    wipe();
                }
            }
            """;

    @TempDir
    Path root;

    private Git git;
    private Path map;

    @BeforeEach
    void a_repository_with_a_map() throws IOException {
        git = new Git(root);
        git.say("init", "-q");
        write(TEA, BEFORE);
        commit();
        map = root.resolve("target/story-map.json");
        write(".gitignore", "target/\n");
        map(git.head(), List.of()).write(map);
    }

    private static StoryMap map(String revision, List<String> changed) {
        return new StoryMap(
                revision,
                changed,
                1,
                List.of(StoryMap.START, "TeaStory.pours", "TeaStory.drinks"),
                List.of(List.of(0, 1, 2), List.of(1), List.of(2), List.of(1, 2)),
                Map.of(
                        TEA,
                        new StoryMap.Source(
                                Map.of(2, 0, 5, 1, 6, 1, 10, 2, 11, 2),
                                List.of(14, 15),
                                List.of(
                                        new StoryMap.Method("pour", 5, 6),
                                        new StoryMap.Method("drink", 10, 11),
                                        new StoryMap.Method("spill", 14, 15)))));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit() {
        git.say("add", "-A");
        git.say("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "Tea");
    }

    private ChangedStories changed(String before, String after) throws IOException {
        write(TEA, BEFORE.replace(before, after));
        return ChangedStories.since("HEAD", map, git);
    }

    @Test
    void only_the_story_whose_line_has_changed_is_told() throws IOException {
        var changed = changed("sip();", "gulp();");

        assertThat(changed.includes("TeaStory.drinks")).isTrue();
        assertThat(changed.includes("TeaStory.pours")).isFalse();
        assertThat(changed.why()).contains(TEA + ": 1 story");
    }

    @Test
    void a_line_more_in_a_method_concerns_who_reaches_its_neighbours() throws IOException {
        var changed = changed("        fill();\n", "        warm();\n        fill();\n");

        assertThat(changed.includes("TeaStory.pours")).isTrue();
        assertThat(changed.includes("TeaStory.drinks")).isFalse();
    }

    @Test
    void a_comment_concerns_nobody() throws IOException {
        var changed = changed("// slowly", "// very slowly");

        assertThat(changed.includes("TeaStory.drinks")).isFalse();
        assertThat(changed.includes("TeaStory.pours")).isFalse();
    }

    @Test
    void a_line_that_no_story_reaches_concerns_nobody() throws IOException {
        assertThat(changed("wipe();", "cry();").includes("TeaStory.drinks")).isFalse();
    }

    @Test
    void a_story_that_the_map_does_not_know_is_told() throws IOException {
        assertThat(changed("wipe();", "cry();").includes("TeaStory.stirs")).isTrue();
    }

    @Test
    void what_every_start_reaches_concerns_all() throws IOException {
        var changed = changed("cups = 1", "cups = 2");

        assertThat(changed.all()).isTrue();
        assertThat(changed.why()).contains(TEA + ": reached when a server starts, all stories are told");
    }

    @Test
    void documentation_and_tests_concern_nobody() throws IOException {
        write("docs/tea.md", "Tea");
        write("server/src/test/java/TeaTest.java", "class TeaTest {}");
        write("README.md", "Tea");

        var changed = ChangedStories.since("HEAD", map, git);

        assertThat(changed.all()).isFalse();
        assertThat(changed.names()).isEmpty();
    }

    @Test
    void new_code_concerns_who_reaches_the_lines_that_use_it() throws IOException {
        write("server/src/main/java/Pot.java", "class Pot {}");

        var changed = changed("fill();", "new Pot().fill();");

        assertThat(changed.names()).containsExactly("TeaStory.pours");
        assertThat(changed.why()).contains("server/src/main/java/Pot.java: 0 stories", TEA + ": 1 story");
    }

    @Test
    void code_that_the_map_does_not_know_though_it_is_not_new_concerns_all() throws IOException {
        write("server/src/main/java/Pot.java", "class Pot {}");
        commit();
        write("server/src/main/java/Pot.java", "class Pot { int size = 1; }");

        var changed = ChangedStories.since("HEAD", map, git);

        assertThat(changed.all()).isTrue();
        assertThat(changed.why())
                .contains("server/src/main/java/Pot.java: the map does not know it, all stories are told");
    }

    @Test
    void what_is_no_code_and_no_documentation_concerns_all() throws IOException {
        write("server/src/main/resources/pot.properties", "size=1");

        assertThat(ChangedStories.since("HEAD", map, git).all()).isTrue();
    }

    @Test
    void a_file_that_is_gone_concerns_all_who_reached_it() throws IOException {
        Files.delete(root.resolve(TEA));

        var changed = ChangedStories.since("HEAD", map, git);

        assertThat(changed.names()).contains("TeaStory.pours", "TeaStory.drinks");
    }

    @Test
    void a_file_with_another_name_concerns_all_who_reached_it() throws IOException {
        git.say("mv", TEA, TEA.replace("Tea", "Coffee"));

        var changed = ChangedStories.since("HEAD", map, git);

        assertThat(changed.names()).contains("TeaStory.pours", "TeaStory.drinks");
    }

    @Test
    void a_map_of_an_older_revision_still_tells_the_lines() throws IOException {
        write(TEA, BEFORE.replace("class Tea {\n", "/** Tea. */\nclass Tea {\n\n"));
        commit();
        write(TEA, Files.readString(root.resolve(TEA)).replace("sip();", "gulp();"));

        var changed = ChangedStories.since("HEAD", map, git);

        assertThat(changed.includes("TeaStory.drinks")).isTrue();
        assertThat(changed.includes("TeaStory.pours")).isFalse();
    }

    @Test
    void a_file_that_was_changed_when_the_map_was_made_counts_as_a_whole() throws IOException {
        map(git.head(), List.of(TEA)).write(map);

        var changed = changed("wipe();", "cry();");

        assertThat(changed.all()).as("its start is among them").isTrue();
    }

    @Test
    void without_a_map_all_are_told_and_it_says_so() throws IOException {
        Files.delete(map);

        var changed = changed("sip();", "gulp();");

        assertThat(changed.includes("TeaStory.pours")).isTrue();
        assertThat(changed.why())
                .containsExactly(
                        "there is no map in %s, 'escalus coverage' makes one: all stories are told".formatted(map));
    }

    @Test
    void a_map_of_another_history_is_stale_and_it_says_so() throws IOException {
        String elsewhere = "0123456789012345678901234567890123456789";
        map(elsewhere, List.of()).write(map);

        var changed = changed("sip();", "gulp();");

        assertThat(changed.all()).isTrue();
        assertThat(changed.why())
                .containsExactly(
                        "the map is of %s, which is not in this repository: all stories are told".formatted(elsewhere));
    }

    @Test
    void a_revision_that_does_not_exist_is_a_mistake() {
        assertThatThrownBy(() -> ChangedStories.since("no-such-branch", map, git))
                .isInstanceOf(Git.GitException.class)
                .hasMessage("'no-such-branch' names no commit here");
    }
}
