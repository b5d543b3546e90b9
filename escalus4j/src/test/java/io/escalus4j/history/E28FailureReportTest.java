package io.escalus4j.history;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.escalus4j.Action;
import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.peer.ToyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Check E28: of a story that fails there is one file that needs no other, with what all clients said and heard, what they
 * took of it, and the difference; stories that are told again or beside each other have one each.
 */
@Timeout(60)
class E28FailureReportTest {
    @TempDir
    Path reports;

    private ToyServer server;
    private Stage stage;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
        var settings =
                Settings.standard().with(Option.REPORT, reports.toString()).with(Option.TIMEOUT, "20s");
        stage = Stage.on(server.handle(), settings).named("a_story");
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private Throwable failing(String telling) {
        return catchThrowable(() -> stage.with("alice", "bob", "kate").run((alice, bob, kate) -> {
            alice.send(chat(bob, "taken " + telling));
            bob.expect(chatMessage("taken " + telling).from(alice));
            alice.send(chat(bob, "left alone"));
            alice.send(chat(kate, "Tea at five"));
            bob.fence(alice);
            kate.fence(alice);
            kate.expect(chatMessage("Tea at six").from(alice), Duration.ofMillis(20));
        }));
    }

    private static Path diagram(Throwable failure) {
        var line = Pattern.compile("diagram: (\\S+)").matcher(failure.getMessage());
        assertThat(line.find()).as(failure.getMessage()).isTrue();
        return Path.of(line.group(1));
    }

    @Test
    void one_file_that_needs_no_other_tells_it_all() throws IOException {
        String page = Files.readString(diagram(failing("once")));

        Hostile.assertHarmless(page); // nothing is loaded from anywhere
        assertThat(page)
                .as("everybody has a lane")
                .contains(">alice</text>", ">bob</text>", ">kate</text>", ">server</text>");
        assertThat(page).contains("taken once", "left alone", "Tea at five", "Tea at six");
        assertThat(row(page, "bob gets chat from alice", "taken once")).contains("class=\"taken\"", "taken at");
        assertThat(row(page, "bob gets chat from alice", "left alone"))
                .contains("class=\"untaken\"", "never taken")
                .doesNotContain("class=\"taken\"");
        assertThat(page)
                .as("what was wanted, what came, where it differs")
                .contains("kate expected within 20ms", "FAIL body is", "differs at", "id=\"failure\"");
    }

    /** The row that says this, and has that in it. */
    private static String row(String page, String title, String body) {
        List<String> rows = Pattern.compile("<details .*?</details>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(row -> row.contains("title=\"" + title) && row.contains(body))
                .toList();
        assertThat(rows).as("%s: %s", title, body).hasSize(1);
        return rows.get(0);
    }

    @Test
    void stories_that_are_told_again_and_beside_each_other_have_a_file_each() throws IOException {
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        Action[] tellings = IntStream.range(0, 6)
                .<Action>mapToObj(i -> () -> failures.add(failing("in telling " + i)))
                .toArray(Action[]::new);
        together(tellings);
        failures.add(failing("in telling 6"));

        List<Path> files = failures.stream().map(E28FailureReportTest::diagram).toList();
        assertThat(files)
                .hasSize(7)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file).exists());
        for (int i = 0; i < 7; i++) {
            String own = "in telling " + i;
            assertThat(files.stream().filter(file -> read(file).contains(own)))
                    .as(own)
                    .hasSize(1);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
