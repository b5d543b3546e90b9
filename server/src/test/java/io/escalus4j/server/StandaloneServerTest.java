package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.config.ConfigException;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.xmpp.Jid;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The server as a program: its options, its one line, its exit codes. */
@Timeout(60)
class StandaloneServerTest {
    private static final Pattern READY = Pattern.compile(
            "ready domain=(\\S+) c2s=(127\\.0\\.0\\.1):(\\d+) (?:tls=127\\.0\\.0\\.1:(\\d+) )?(?:http=127\\.0\\.0\\.1:(\\d+) )?(?:https=127\\.0\\.0\\.1:(\\d+) )?pid=(\\d+)\n");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private StandaloneServer start(String... arguments) {
        var options = new ServeOptions();
        new CommandLine(new Holder(options))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return StandaloneServer.start(options.toOptions(), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @CommandLine.Command
    private record Holder(@CommandLine.Mixin ServeOptions options) {}

    // ---- in this JVM

    @Test
    void one_line_says_where_clients_connect() {
        try (var server = start(
                "--profile",
                "test",
                "--c2s-port",
                "0",
                "--domain",
                "localhost",
                "--domain",
                "example.org",
                "--memory")) {
            var line = READY.matcher(printed.toString(StandardCharsets.UTF_8));
            assertThat(line.matches())
                    .as(printed.toString(StandardCharsets.UTF_8))
                    .isTrue();
            assertThat(line.group(1)).isEqualTo("localhost,example.org");
            assertThat(line.group(3)).isEqualTo("" + server.server().address().getPort());
            assertThat(line.group(4)).isNull();
            assertThat(line.group(7)).isEqualTo("" + ProcessHandle.current().pid());
        }
    }

    @Test
    void direct_tls_is_in_the_line_if_it_was_asked_for() {
        try (var server = start("--profile", "test", "--c2s-port", "0", "--tls-port", "0", "--memory")) {
            var line = READY.matcher(printed.toString(StandardCharsets.UTF_8));
            assertThat(line.matches()).isTrue();
            assertThat(line.group(4))
                    .isEqualTo(""
                            + server.server().directTlsAddress().orElseThrow().getPort());
        }
    }

    @Test
    void http_and_https_are_in_the_line_if_they_were_asked_for() {
        try (var server =
                start("--profile", "test", "--c2s-port", "0", "--http-port", "0", "--https-port", "0", "--memory")) {
            var line = READY.matcher(printed.toString(StandardCharsets.UTF_8));
            assertThat(line.matches()).isTrue();
            assertThat(line.group(5))
                    .isEqualTo("" + server.server().httpAddress().orElseThrow().getPort());
            assertThat(line.group(6))
                    .isEqualTo("" + server.server().httpsAddress().orElseThrow().getPort());
        }
    }

    @Test
    void a_production_server_listens_everywhere_and_takes_no_password_in_the_clear() {
        try (var server = start("--c2s-port", "0", "--memory");
                var client = RawClient.to(new InetSocketAddress(
                        "127.0.0.1", server.server().address().getPort()))) {
            assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("ready domain=localhost c2s=0.0.0.0:");
            assertThat(client.open()).contains("<required/>").doesNotContain("mechanism");
        }
    }

    @Test
    void the_administrators_account_is_made_if_it_is_missing() {
        try (var server =
                        start("--profile", "TEST", "--c2s-port", "0", "--memory", "--admin", "Boss@localhost:s:cret");
                var client = RawClient.opened(server.server())) {
            client.authenticate("boss", "s:cret");
            assertThat(server.server().context().config().admins()).containsExactly(Jid.of("boss@localhost"));
        }
    }

    @Test
    void options_count_more_than_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("escalus.toml"), """
                domains = ["example.org"]
                profile = "production"
                admins = ["admin@localhost"]
                [listen]
                c2s_port = 1
                address = "127.0.0.1"
                [sessions]
                per_account = 2
                """);
        try (var server = start(
                "--config",
                file.toString(),
                "--profile",
                "test",
                "--c2s-port",
                "0",
                "--domain",
                "localhost",
                "--memory")) {
            var config = server.server().context().config();
            assertThat(config.domains()).containsExactly("localhost");
            assertThat(config.profile()).isEqualTo(Profile.TEST);
            assertThat(config.sessions().perAccount()).isEqualTo(2);
            assertThat(config.admins()).containsExactly(Jid.of("admin@localhost"));
        }
    }

    @Test
    void what_is_kept_in_the_directory_is_there_after_a_restart() {
        String[] again = {"--profile", "test", "--c2s-port", "0", "--data", folder.toString()};
        String salt;
        try (var server = start(
                "--profile",
                "test",
                "--c2s-port",
                "0",
                "--data",
                folder.toString(),
                "--admin",
                "alice@localhost:secret")) {
            salt = saltOfNobody(server);
        }
        assertThat(folder.resolve("escalus.mv.db")).isNotEmptyFile();

        try (var server = start(again);
                var client = RawClient.opened(server.server())) {
            client.authenticate("alice", "secret");
            assertThat(saltOfNobody(server))
                    .as("who is made up, is so for good")
                    .isEqualTo(salt);
        }
        try (var server = start("--profile", "test", "--c2s-port", "0", "--memory")) {
            assertThat(saltOfNobody(server)).isNotEqualTo(salt);
        }
    }

    private static String saltOfNobody(StandaloneServer server) {
        try (var client = RawClient.opened(server.server())) {
            String first = Base64.getEncoder().encodeToString("n,,n=nobody,r=abc".getBytes(StandardCharsets.UTF_8));
            String challenge = client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>"
                            + first + "</auth>")
                    .expect("</challenge>");
            String text = challenge.replaceFirst("(?s).*<challenge[^>]*>", "").replaceFirst("(?s)</challenge>.*", "");
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split(",")[1];
        }
    }

    @Test
    void the_file_may_name_a_database() throws IOException {
        String url = SqlStores.fileIn(folder.resolve("elsewhere"));
        Path file = Files.writeString(
                folder.resolve("escalus.toml"), "[store]\nurl = '%s'\nconnections = 2\n".formatted(url));

        start("--config", file.toString(), "--c2s-port", "0").close();

        assertThat(folder.resolve("elsewhere/escalus.mv.db")).isNotEmptyFile();
    }

    @Test
    void a_server_that_cannot_listen_lets_its_database_go() {
        try (var first = start("--profile", "test", "--c2s-port", "0", "--memory")) {
            String port = "" + first.server().address().getPort();
            assertThatThrownBy(() -> start("--profile", "test", "--c2s-port", port, "--data", folder.toString()))
                    .isInstanceOf(UncheckedIOException.class);
        }
        start("--profile", "test", "--c2s-port", "0", "--data", folder.toString())
                .close();
    }

    @Test
    void to_forget_and_to_keep_is_too_much_to_ask() {
        assertThatThrownBy(() -> start("--memory", "--data", folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--memory keeps nothing and --data keeps everything, allowed is one of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "admin:secret",
                "admin@localhost",
                "admin@localhost:",
                "@localhost:secret",
                "a@localhost/x:secret"
            })
    void an_administrator_needs_a_jid_and_a_password(String admin) {
        assertThatThrownBy(() -> start("--memory", "--admin", admin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--admin must be JID:PASSWORD as in admin@localhost:secret");
    }

    @Test
    void an_administrator_of_another_domain_is_refused() {
        assertThatThrownBy(() -> start("--memory", "--admin", "admin@example.org:secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--admin admin@example.org is of no domain that is served, allowed are localhost");
    }

    @Test
    void a_wrong_file_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.toml"), "colour = 'blue'");

        assertThatThrownBy(() -> start("--config", file.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ":1: colour is unknown, allowed are ");
    }

    @Test
    void a_certificate_that_cannot_be_read_is_refused() throws IOException {
        Path pem = Files.writeString(folder.resolve("cert.pem"), "no certificate");
        Path file = Files.writeString(
                folder.resolve("escalus.toml"), "[tls]\ncertificate = '%s'\nkey = '%s'\n".formatted(pem, pem));

        assertThatThrownBy(() -> start("--config", file.toString(), "--c2s-port", "0", "--memory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("certificate " + pem + " with key " + pem + ": ");
    }

    @Test
    void a_certificate_that_is_not_there_is_refused() throws IOException {
        Path nowhere = folder.resolve("nowhere.pem");
        Path file = Files.writeString(
                folder.resolve("escalus.toml"), "[tls]\ncertificate = '%s'\nkey = '%s'\n".formatted(nowhere, nowhere));

        assertThatThrownBy(() -> start("--config", file.toString(), "--c2s-port", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no file " + nowhere);
    }

    @Test
    void an_address_that_is_none_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("escalus.toml"), "listen.address = '999.1.1.1'\n");

        assertThatThrownBy(() -> start("--config", file.toString(), "--c2s-port", "0"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot listen on 999.1.1.1:0: no such host");
    }

    @Test
    void a_taken_port_is_refused() {
        try (var first = start("--profile", "test", "--c2s-port", "0", "--memory")) {
            String port = "" + first.server().address().getPort();
            assertThatThrownBy(() -> start("--profile", "test", "--c2s-port", port, "--memory"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port + ": ");
        }
    }

    // ---- in a JVM of its own

    private static Process program(String... arguments) throws IOException {
        return program(Main.class, arguments);
    }

    private static Process program(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    @Test
    void sigterm_ends_streams_with_system_shutdown_and_the_program_with_zero() throws Exception {
        Process process =
                program("--profile", "test", "--c2s-port", "0", "--memory", "--admin", "alice@localhost:secret");
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var line = READY.matcher(lines.readLine() + "\n");
            assertThat(line.matches()).isTrue();
            assertThat(line.group(7)).isEqualTo("" + process.pid());
            try (var client = RawClient.to(new InetSocketAddress("127.0.0.1", Integer.parseInt(line.group(3))))) {
                client.open();
                client.authenticate("alice", "secret");
                client.bind("phone");

                process.toHandle().destroy();

                assertThat(client.expectEnd()).contains("<system-shutdown ").endsWith("</stream:stream>");
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(lines.readLine()).as("nothing else was printed").isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The program with a shutdown hook as an agent has one; it takes as long as its input. */
    static final class Hooked {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(Hooked::dump));
            Main.main(args);
        }

        private static void dump() {
            try {
                System.in.readAllBytes();
                System.out.println("dumped");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void sigterm_lets_the_shutdown_hooks_of_others_finish() throws Exception {
        Process process = program(Hooked.class, "--profile", "test", "--c2s-port", "0", "--memory");
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var line = READY.matcher(lines.readLine() + "\n");
            assertThat(line.matches()).isTrue();
            try (var client = RawClient.to(new InetSocketAddress("127.0.0.1", Integer.parseInt(line.group(3))))) {
                client.open();
                process.toHandle().destroy();
                assertThat(client.expectEnd()).contains("<system-shutdown ");
            }
            assertThat(process.waitFor(1, TimeUnit.SECONDS))
                    .as("ended before the hook did")
                    .isFalse();
            process.getOutputStream().close();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.readLine()).isEqualTo("dumped");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_users_mistake_ends_in_one_sentence_and_exit_code_two() throws Exception {
        Process process = program("--memory", "--data", folder.toString());
        try {
            String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(complaint)
                    .isEqualTo(
                            "escalus4j-server: --memory keeps nothing and --data keeps everything, allowed is one of them\n");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void two_servers_do_not_share_a_directory() throws Exception {
        try (var first = start("--profile", "test", "--c2s-port", "0", "--data", folder.toString())) {
            Process second = program("--profile", "test", "--c2s-port", "0", "--data", folder.toString());
            try {
                String complaint = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isEqualTo(2);
                assertThat(complaint)
                        .contains("the database " + SqlStores.fileIn(folder) + " cannot be used: ")
                        .doesNotContain("\tat ");
            } finally {
                second.destroyForcibly();
            }
        }
    }

    @Test
    void an_unknown_option_is_exit_code_two() {
        assertThat(Main.commandLine().setErr(new PrintWriter(printed)).execute("--colour"))
                .isEqualTo(2);
    }
}
