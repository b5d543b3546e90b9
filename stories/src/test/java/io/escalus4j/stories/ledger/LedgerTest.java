package io.escalus4j.stories.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Spec;
import io.escalus4j.stories.ledger.SpecMatrix.State;
import io.escalus4j.stories.ledger.SpecMatrix.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String PAGE = """
            document = "XEP-0999"
            title = "Tea"
            version = "1.0"

            [reasons]
            cold = "nobody drinks it cold"

            ["1.2"]
            title = "Pouring"
            1 = { must = "pour" }
            2 = { must-not = "spill", waived = "cold" }
            3 = { of = "client", must = "drink" }
            4 = { must = "be hot", untestable = "no thermometer" }
            5 = { of = "both", must = "smile" }
            """;

    @TempDir
    Path folder;

    static final class TeaStory {
        @Spec(xep = 999, section = "1.2", id = "0999-1.2-1", says = "tea is poured")
        void tea_is_poured() {}

        @Spec(
                xep = 999,
                section = "1.2",
                id = {"0999-1.2-1", "0999-9-9"},
                says = "more tea is poured")
        void more_tea_is_poured() {}
    }

    private Ledger ledger(String page) throws IOException {
        Files.writeString(folder.resolve("xep0999.toml"), page);
        return Ledger.read(folder);
    }

    private SpecMatrix matrix(Map<String, Verdict> verdicts) throws IOException {
        return new SpecMatrix(ledger(PAGE), Claims.of(Stream.of(TeaStory.class.getDeclaredMethods())), verdicts);
    }

    private static Stream<State> states(SpecMatrix matrix) {
        return matrix.ledger().requirements().map(matrix::state);
    }

    @Test
    void a_line_has_an_id_a_level_and_whom_it_binds() throws IOException {
        Requirement second = ledger(PAGE).requirements().toList().get(1);

        assertThat(second.id()).isEqualTo("0999-1.2-2");
        assertThat(second.level()).isEqualTo("MUST NOT");
        assertThat(second.of()).isEqualTo(Requirement.Party.SERVER);
        assertThat(second.excuse().orElseThrow().reason()).isEqualTo("nobody drinks it cold");
    }

    @Test
    void every_line_has_one_state() throws IOException {
        assertThat(states(matrix(Map.of())))
                .containsExactly(State.COVERED, State.WAIVED, State.OTHERS, State.UNTESTABLE, State.UNCOVERED);
    }

    @Test
    void a_run_says_what_passed_and_what_failed() throws IOException {
        assertThat(states(matrix(Map.of("TeaStory.tea_is_poured", Verdict.PASSED))))
                .startsWith(State.PASSED);
        assertThat(states(matrix(Map.of(
                        "TeaStory.tea_is_poured", Verdict.PASSED,
                        "TeaStory.more_tea_is_poured", Verdict.FAILED))))
                .startsWith(State.FAILED);
        assertThat(states(matrix(Map.of("TeaStory.tea_is_poured", Verdict.SKIPPED))))
                .as("who was skipped has proven nothing")
                .startsWith(State.COVERED);
    }

    @Test
    void a_claim_of_a_line_that_does_not_exist_is_found() throws IOException {
        assertThat(matrix(Map.of()).unknownClaims()).containsExactly("0999-9-9");
    }

    @Test
    void a_demand_that_nobody_speaks_for_is_found() throws IOException {
        assertThat(matrix(Map.of()).uncovered()).extracting(Requirement::id).containsExactly("0999-1.2-5");
    }

    @Test
    void an_excuse_for_what_is_proven_is_found() throws IOException {
        var excused = new SpecMatrix(
                ledger(PAGE.replace("\"pour\"", "\"pour\", waived = \"cold\"")),
                matrix(Map.of()).claims(),
                Map.of());

        assertThat(excused.needlesslyExcused()).extracting(Requirement::id).containsExactly("0999-1.2-1");
    }

    @Test
    void the_page_names_the_stories_and_the_reasons() throws IOException {
        var markdown = new MatrixMarkdown(matrix(Map.of()));
        Document tea = matrix(Map.of()).ledger().documents().get(0);

        assertThat(markdown.page(tea))
                .contains("| 0999-1.2-1 | Pouring | server | MUST | pour | covered | "
                        + "`TeaStory.more_tea_is_poured`, `TeaStory.tea_is_poured` |")
                .contains("| waived | nobody drinks it cold |");
        assertThat(markdown.overview()).contains("| 1 | 1 | 1 | 1 | 1 | 5 |");
    }

    @Test
    void a_mistake_in_a_page_is_named() {
        assertThatThrownBy(() -> ledger(PAGE.replace("must-not", "must-nto")))
                .hasMessageContaining("0999-1.2-2 has an unknown key 'must-nto'");
        assertThatThrownBy(() -> ledger(PAGE.replace("\"client\"", "\"guest\"")))
                .hasMessageContaining("0999-1.2-3 binds 'guest', it must be one of server, client, both, other");
        assertThatThrownBy(() -> ledger(PAGE.replace("title = \"Pouring\"", "")))
                .hasMessageContaining("'title' is missing");
        assertThatThrownBy(() -> ledger(PAGE + "6 = {")).hasMessageContaining("xep0999.toml:15");
    }
}
