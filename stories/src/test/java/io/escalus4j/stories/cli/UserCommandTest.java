package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code escalus user}, {@code store} and {@code check}: what an operator does to data. */
class UserCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path password;
    private Path settings;

    @BeforeEach
    void files() throws IOException {
        data = folder.resolve("data");
        password = Files.writeString(folder.resolve("password"), "Secret-1\n");
        settings = Files.writeString(folder.resolve("escalus.toml"), "[sasl]\niterations = 10000\n");
    }

    private String done(int code, String... args) {
        var out = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        assertThat(line.execute(args)).as(out.toString()).isEqualTo(code);
        return out.toString();
    }

    private String user(int code, String verb, String... args) {
        var all = new java.util.ArrayList<>(
                java.util.List.of("user", verb, "--config", settings.toString(), "--data", data.toString()));
        all.addAll(java.util.List.of(args));
        return done(code, all.toArray(String[]::new));
    }

    private void addAlice() {
        user(0, "add", "--password-file", password.toString(), "alice@localhost");
    }

    @Test
    void an_account_is_made_listed_changed_and_removed() {
        addAlice();
        assertThat(user(0, "list")).isEqualTo("alice@localhost\n");
        assertThat(user(2, "add", "--password-file", password.toString(), "alice@localhost"))
                .contains("alice@localhost has an account already");
        user(0, "passwd", "--password-file", password.toString(), "alice@localhost");
        user(0, "remove", "alice@localhost");
        assertThat(user(0, "list")).isEmpty();
        assertThat(user(2, "del", "alice@localhost")).contains("alice@localhost has no account here");
        assertThat(user(2, "remove", "nobody")).contains("allowed is a JID as in alice@localhost");
    }

    @Test
    void an_account_goes_to_a_file_and_comes_back() throws IOException {
        addAlice();
        Path file = folder.resolve("alice.xml");

        user(0, "export", "--to", file.toString(), "alice@localhost");

        assertThat(Files.readString(file)).contains("SCRAM-SHA-256").doesNotContain("Secret-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(user(2, "import", file.toString())).contains("there is an account already");
        user(0, "remove", "alice@localhost");
        assertThat(user(0, "import", file.toString())).isEqualTo("alice@localhost\n");
        assertThat(user(0, "export", "alice@localhost")).isEqualTo(Files.readString(file));
        assertThat(user(2, "export", "--format", "csv", "alice@localhost")).contains("allowed is xep-0227");
        assertThat(user(2, "import", folder.resolve("no.xml").toString())).contains("there is no such file");
    }

    /** As a server in another process does it. */
    @Test
    void a_file_that_a_server_has_open_is_not_touched() throws IOException {
        addAlice();
        try (var open = FileChannel.open(data.resolve("escalus.mv.db"), StandardOpenOption.WRITE);
                var lock = open.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(user(3, "list")).contains("cannot be used").contains("in use");
        }
        assertThat(user(0, "list")).isEqualTo("alice@localhost\n");
    }

    @Test
    void data_is_copied_to_where_there_is_none() {
        addAlice();
        Path copy = folder.resolve("copy");

        assertThat(done(0, "store", "copy", "--from", data.toString(), "--to", copy.toString()))
                .contains("account: 1 rows")
                .contains("copied ");
        assertThat(done(2, "store", "copy", "--from", data.toString(), "--to", copy.toString()))
                .contains("allowed is a database without data");
        data = copy;
        assertThat(user(0, "list")).isEqualTo("alice@localhost\n");
    }

    @Test
    void a_configuration_is_checked_without_a_trace() {
        assertThat(done(0, "check", "config", "--data", data.toString()))
                .contains("production profile")
                .contains("not there yet, the first start makes it");
        assertThat(data).doesNotExist();
        addAlice();
        assertThat(done(0, "check", "config", "--data", data.toString())).contains("which is this program's");
    }

    @Test
    void a_wrong_configuration_and_a_database_that_is_away_have_exit_codes_of_their_own() throws IOException {
        var wrong = Files.writeString(folder.resolve("a.toml"), "[store]\nurl = 'jdbc:oracle:x'\n");
        var away = Files.writeString(
                folder.resolve("b.toml"),
                "[store]\nurl = 'jdbc:postgresql://127.0.0.1:1/x'\npassword = 'Secret-2'\ntimeout = '300ms'\n");

        assertThat(done(2, "check", "config", "--config", wrong.toString()))
                .contains(wrong + ":2: store: url must begin with jdbc:postgresql: or jdbc:h2:, was 'jdbc:oracle:x'");
        assertThat(done(3, "check", "config", "--config", away.toString()))
                .contains("the database jdbc:postgresql://127.0.0.1:1/x cannot be used")
                .doesNotContain("Secret-2");
    }
}
