package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** X29: what the benchmarks hold is checked by running them, that they are run is checked here. */
class BenchmarksTest {
    private static final String SOURCES = "src/bench/java/io/escalus4j/exml/bench/";

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    @Test
    void x29_ci_runs_the_benchmarks_on_fixed_inputs_and_holds_what_they_allocate_to_a_bound() throws IOException {
        assertThat(read("../.ci/run")).contains("bin/bench --smoke");
        assertThat(read("../bin/bench"))
                .as("the smoke run fails where a benchmark does")
                .contains("-foe true");
        for (String input : new String[] {"CHAT", "PRESENCE", "MESSAGE", "ROSTER_1000", "MUC_HISTORY", "PEP_BLOB"}) {
            assertThat(read(SOURCES + "Corpus.java")).contains("    " + input + "(");
            assertThat(read("../bin/bench")).containsPattern("--smoke(?s:.*)-p input=\\S*\\b" + input + "\\b");
            assertThat(read(SOURCES + "Report.java")).contains('"' + input + "\", ");
        }
    }

    @Test
    void x29_the_page_of_results_has_a_place_for_what_is_measured() throws IOException {
        String page = read(SOURCES + "Page.java");
        for (String mark :
                List.of("<!-- measured by bin/bench, do not edit -->", "<!-- end of what was measured -->")) {
            assertThat(page).contains('"' + mark + "\\n\"");
            assertThat(read("../docs/benchmarks.md")).containsOnlyOnce(mark + "\n");
        }
    }
}
