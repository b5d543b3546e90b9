package io.escalus4j.stories.cli;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code escalus serve} promises: one line when it listens, several domains, administrators, and a good end. */
class ServeCommandTest {
    private static final Pattern READY =
            Pattern.compile("ready domain=localhost,example\\.org c2s=(\\S+):(\\d+) pid=(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void it_says_when_it_listens_serves_its_domains_and_ends_well_on_sigterm() throws Exception {
        Process process = serve(
                "--domain",
                "localhost",
                "--domain",
                "example.org",
                "--admin",
                "alice@localhost:Secret-1",
                "--admin",
                "bob@example.org:Secret-2");
        try (BufferedReader out = process.inputReader()) {
            var ready = READY.matcher(out.readLine());
            assertThat(ready.matches()).isTrue();
            assertThat(Long.parseLong(ready.group(3))).isEqualTo(process.pid());
            var address = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
            Client alice = connect("alice", "localhost", "Secret-1", address);
            Client bob = connect("bob", "example.org", "Secret-2", address);

            alice.send(chat(bob, "Across domains"));
            bob.expect(chatMessage("Across domains").from(alice));

            process.toHandle().destroy();
            alice.expectStreamError("system-shutdown");
            bob.expectStreamError("system-shutdown");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(0);
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Client connect(String name, String domain, String password, InetSocketAddress address) {
        return Client.connect(
                name,
                ConnectionSettings.to(domain, address)
                        .withTrust(Trust.insecure())
                        .withCredentials(name, password));
    }

    private static Process serve(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--memory",
                "--profile",
                "test",
                "--c2s-port",
                "0"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void a_wrong_key_is_an_error_with_its_file_its_line_and_what_is_allowed() throws IOException {
        Path config = Files.writeString(
                folder.resolve("server.toml"), "domains = [\"localhost\"]\n\n[streams]\nstanza_byte = 5\n");

        assertThat(refused("--config", config.toString()))
                .contains(config + ":4")
                .contains("streams.stanza_byte")
                .contains("stanza_bytes");
    }

    @Test
    void a_wrong_option_is_an_error_of_one_sentence() {
        assertThat(refused("--admin", "nobody")).contains("--admin must be JID:PASSWORD");
        assertThat(refused("--c2s-port", "http")).contains("--c2s-port");
        assertThat(refused("--profile", "lax")).contains("--profile");
    }

    private static String refused(String... options) {
        var err = new StringWriter();
        var line = Main.commandLine();
        line.setErr(new PrintWriter(err));
        var args = new ArrayList<>(List.of("serve", "--memory"));
        args.addAll(List.of(options));
        assertThat(line.execute(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
        return err.toString();
    }
}
