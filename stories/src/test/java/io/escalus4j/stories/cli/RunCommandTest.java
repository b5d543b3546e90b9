package io.escalus4j.stories.cli;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.stories.ledger.SpecMatrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code escalus run} says and how it ends. */
class RunCommandTest {
    @TempDir
    private Path report;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[args.length + 4];
        System.arraycopy(new String[] {"run", "--quiet", "--report", report.toString()}, 0, all, 0, 4);
        System.arraycopy(args, 0, all, 4, args.length);
        return line.execute(all);
    }

    @Test
    void stories_that_pass_end_with_0_a_table_and_a_report() {
        assertThat(run("--stories", "ping")).isEqualTo(0);

        assertThat(out.toString()).contains("PingStory").contains("story class").contains("report: ");
        assertThat(report.resolve("index.html")).content().contains("the_server_answers_a_ping");
        assertThat(report.resolve("PingStory/the_server_answers_a_ping.html")).exists();
    }

    @Test
    void a_story_that_fails_ends_with_1_and_says_what_was_wanted_and_what_came() throws IOException {
        assertThat(run("--stories", "BrokenOnPurpose", "--timeout", "3s")).isEqualTo(1);

        assertThat(out.toString())
                .contains("FAILED  BrokenOnPurposeStory.bob_expects_another_body")
                .contains(
                        "bob expected within 3s: chat message \"Hi!\" from alice        (story bob_expects_another_body, step 2)")
                .contains("  ok   is a message")
                .contains("  ok   type is chat")
                .contains("  FAIL body is 'Hi!', but was 'Hi'")
                .contains("  ok   is from alice")
                .contains("differs at /message/body/text(): wanted 'Hi!', was 'Hi'")
                .containsPattern("(?s)last stanzas: .*alice -> chat to bob")
                .contains("diagram: " + report.resolve("BrokenOnPurposeStory/bob_expects_another_body.html"));
        assertThat(Files.readString(report.resolve("index.html"))).contains("bob_expects_another_body");
    }

    @Test
    void a_run_leaves_an_open_test_report_with_the_diagram_of_a_failure_attached() throws Exception {
        assertThat(run("--stories", "BrokenOnPurpose", "--timeout", "1s")).isEqualTo(1);

        String events = Files.readString(report.resolve("open-test-report.xml"));
        assertThat(events)
                .contains("https://schemas.opentest4j.org/reporting/events/")
                .contains("bob_expects_another_body")
                .contains("status=\"FAILED\"");
        var attached = Pattern.compile("path=\"([^\"]*bob_expects_another_body[^\"]*\\.html)\"")
                .matcher(events);
        assertThat(attached.find()).as(events).isTrue();
        assertThat(report.resolve(attached.group(1))).content().contains("Content-Security-Policy");
    }

    @Test
    void a_story_that_is_told_several_times_says_which_time_it_was_and_counts_once_for_its_demand() throws IOException {
        assertThat(run("--stories", "EchoOverEachWireStory.an_echo_comes_back")).isEqualTo(0);

        String name = "an_echo_comes_back, over tls";
        assertThat(report.resolve("TEST-stories.xml")).content().contains("name=\"" + name + '"');
        var verdict = new Verdict("EchoOverEachWireStory", name, Verdict.Kind.PASSED, "", ZERO, Optional.empty());
        assertThat(new Diagrams(report).of(verdict)).isPresent();
        assertThat(RunFiles.read(RunFiles.results(report)))
                .containsExactly(Map.entry("EchoOverEachWireStory.an_echo_comes_back", SpecMatrix.Verdict.PASSED));
    }

    @Test
    void a_story_that_does_not_apply_is_counted_and_its_reason_shown() throws IOException {
        assertThat(run("--stories", "NotApplicable")).isEqualTo(0);

        assertThat(out.toString())
                .containsPattern("NotApplicableStory +0 +0 +0 +1 ")
                .containsPattern("not applicable:\n +1 x localhost offers no tea");
        assertThat(Files.readString(report.resolve("index.html"))).contains("offers no tea");
    }

    @Test
    void more_stories_that_do_not_apply_than_are_allowed_end_with_4() {
        assertThat(run("--stories", "NotApplicable", "--max-skips", "1")).isEqualTo(0);
        assertThat(run("--stories", "NotApplicable", "--max-skips", "0")).isEqualTo(4);

        assertThat(err.toString()).contains("1 stories were not applicable, --max-skips allows 0");
    }

    @Test
    void a_way_to_make_accounts_that_is_none_is_a_wrong_option() throws IOException {
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String target = "127.0.0.1:" + socket.getLocalPort();
            assertThat(run("--target", target, "--provision", "magic")).isEqualTo(2);
            assertThat(run("--target", target, "--provision", "adhoc")).isEqualTo(2);
            assertThat(run("--target", target, "--provision", "fixed:/no/such/file"))
                    .isEqualTo(2);
        }

        assertThat(err.toString())
                .contains(
                        "provisioning 'magic' is unknown, it must be inband, adhoc, ejabberd:URL, http:FILE or fixed:FILE")
                .contains("provisioning 'adhoc' needs an administrator, say --admin NAME:PASSWORD")
                .contains("'/no/such/file' cannot be read")
                .doesNotContain("\tat ");
    }

    @Test
    void a_pattern_that_means_no_story_is_a_wrong_option() {
        assertThat(run("--stories", "no-such-story")).isEqualTo(2);

        assertThat(err.toString()).contains("no story has such a name").doesNotContain("\tat ");
    }

    @Test
    void a_target_that_is_none_is_a_wrong_option() {
        assertThat(run("--target", "elsewhere")).isEqualTo(2);

        assertThat(err.toString())
                .contains("target 'elsewhere' is unknown, it must be embedded, standalone or HOST:PORT")
                .doesNotContain("\tat ");
    }

    @Test
    void a_report_that_cannot_be_written_is_a_wrong_option() throws IOException {
        report = Files.writeString(report.resolve("file"), "");

        assertThat(run()).isEqualTo(2);

        assertThat(err.toString())
                .contains("--report " + report + " is no folder")
                .doesNotContain("\tat ");
    }

    @Test
    void a_store_that_is_none_is_a_wrong_option_and_its_password_stays_a_secret() {
        assertThat(run("--store", "jdbc:mysql://there?password=tell-nobody")).isEqualTo(2);

        assertThat(err.toString())
                .contains("store 'jdbc:mysql://there' is unknown")
                .doesNotContain("tell-nobody", "\tat ");
    }

    @Test
    void an_option_that_is_none_is_a_wrong_option() {
        assertThat(run("--no-such-option")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "escalus: Unknown option: '--no-such-option', 'escalus run --help' says more\n");
    }

    @Test
    void a_target_where_nobody_listens_cannot_be_reached() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(run("--target", "127.0.0.1:" + free)).isEqualTo(3);

        assertThat(err.toString()).contains("nothing answers at 127.0.0.1:" + free);
    }
}
