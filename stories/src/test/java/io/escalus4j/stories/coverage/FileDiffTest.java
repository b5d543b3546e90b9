package io.escalus4j.stories.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileDiffTest {
    private static final String DIFF = """
            diff --git a/Tea.java b/Tea.java
            index 1..2 100644
            --- a/Tea.java
            +++ b/Tea.java
            @@ -3 +3,2 @@ class Tea {
            -    int cups = 1;
            +    int cups = 2;
            +    int pots = 1;
            @@ -10,0 +12 @@ void pour() {
            +        stir();
            @@ -20,2 +21,0 @@ void drink() {
            --- a comment that looks like a header
            -}
            diff --git a/New.java b/New.java
            new file mode 100644
            --- /dev/null
            +++ b/New.java
            @@ -0,0 +1 @@
            +class New {}
            \\ No newline at end of file
            diff --git a/Gone.java b/Gone.java
            --- a/Gone.java
            +++ /dev/null
            @@ -1 +0,0 @@
            -class Gone {}
            """;

    private final FileDiff tea = FileDiff.parse(DIFF).get(0);

    @Test
    void files_that_came_and_went_have_their_names() {
        assertThat(FileDiff.parse(DIFF))
                .extracting(FileDiff::path)
                .containsExactly("Tea.java", "New.java", "Gone.java");
        assertThat(FileDiff.parse(DIFF)).extracting(FileDiff::isNew).containsExactly(false, true, false);
    }

    @Test
    void a_removed_line_is_no_header() {
        assertThat(tea.hunks().get(2).text()).hasSize(2);
    }

    @Test
    void a_line_that_stayed_is_where_it_was_before() {
        assertThat(tea.oldLines(2, 2)).containsExactly(2);
        assertThat(tea.oldLines(5, 5)).containsExactly(4);
        assertThat(tea.oldLines(13, 13)).containsExactly(11);
        assertThat(tea.oldLines(22, 22)).containsExactly(22);
    }

    @Test
    void a_line_that_was_replaced_stands_for_the_old_ones() {
        assertThat(tea.oldLines(4, 4)).containsExactly(3);
    }

    @Test
    void a_new_line_is_between_two_old_ones() {
        assertThat(tea.oldLines(12, 12)).containsExactly(10, 11);
    }

    @Test
    void comments_and_imports_are_silent() {
        var silent = FileDiff.parse("""
                --- a/Tea.java
                +++ b/Tea.java
                @@ -1 +1,2 @@
                -import java.util.List;
                +import java.util.Set;
                +// tea
                """);

        assertThat(silent.get(0).hunks().get(0).isSilent()).isTrue();
        assertThat(tea.hunks().get(0).isSilent()).isFalse();
    }
}
