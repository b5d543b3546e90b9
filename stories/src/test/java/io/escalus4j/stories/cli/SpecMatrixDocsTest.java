package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.stories.ledger.Requirement;
import io.escalus4j.stories.ledger.SpecMatrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The ledger, the stories and the pages in the documentation say the same. */
class SpecMatrixDocsTest {
    private static final Path DOCS = Path.of("../docs");

    private static SpecMatrix matrix() throws IOException {
        return MatrixCommand.matrix(DOCS);
    }

    @Test
    void every_claim_of_a_story_is_in_the_ledger() throws IOException {
        assertThat(matrix().unknownClaims()).isEmpty();
    }

    @Test
    void what_a_story_proves_has_no_excuse() throws IOException {
        assertThat(matrix().needlesslyExcused()).extracting(Requirement::id).isEmpty();
    }

    @Test
    void every_demand_on_the_server_is_proven_or_excused() throws IOException {
        assertThat(matrix().uncovered()).extracting(Requirement::id).isEmpty();
    }

    @Test
    void the_committed_pages_are_those_that_the_command_writes() {
        var said = new StringWriter();

        Main.commandLine()
                .setOut(new PrintWriter(said))
                .execute("spec", "matrix", "--check", "--docs", DOCS.toString());

        assertThat(said.toString()).as("bin/escalus spec matrix writes them").doesNotContain("out of date");
    }
}
