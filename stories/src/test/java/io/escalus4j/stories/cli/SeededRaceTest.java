package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A race that hardly ever shows is found by {@code escalus run --repeat}, and shown again by the command that it prints. */
class SeededRaceTest {
    /** This one loses no message, and the next loses one even if all delays are six times shorter. */
    private static final String FIRST = "6";

    @TempDir
    private Path report;

    private String told(int exit, List<String> args) {
        var out = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(new StringWriter()));
        assertThat(line.execute(args.toArray(String[]::new))).as(out.toString()).isEqualTo(exit);
        return out.toString();
    }

    @Test
    void a_race_is_found_within_a_few_seeds_and_found_again_by_the_command_that_is_printed() {
        String found = told(
                Exit.FAILURES,
                List.of(
                        "run",
                        "--quiet",
                        "--report",
                        report.toString(),
                        "--transport=tcp",
                        "--stories=RacyOnPurpose",
                        "--repeat=1000",
                        "--seed=" + FIRST,
                        "--jitter=150ms"));
        assertThat(found.lines().filter(line -> line.startsWith("RacyOnPurposeStory")))
                .as("one telling passes, the next fails, and that is enough")
                .hasSize(2);
        var again = Pattern.compile("seed 7 failed, to see it again: bin/escalus (.*)")
                .matcher(found);
        assertThat(again.find()).as(found).isTrue();

        assertThat(told(Exit.FAILURES, List.of(again.group(1).split(" "))))
                .contains("expected: 2.0")
                .contains("but was: 1.0");
    }
}
