package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps {@code escalus serve} from starting is told in one line, all that a terminal shows of it. */
class ServeRefusalTest {
    @TempDir
    private Path folder;

    @Test
    void a_port_that_is_taken() throws Exception {
        try (var taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThat(refused("--memory", "--c2s-port", "" + port)).contains("cannot listen on", ":" + port);
        }
    }

    @Test
    void data_in_what_is_no_directory() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(refused("--data", file.toString(), "--c2s-port", "0")).contains(file + "/escalus cannot be used");
    }

    @Test
    void data_that_another_server_uses() throws Exception {
        String data = folder.resolve("data").toString();
        Process first = serve("--data", data, "--c2s-port", "0").start();
        try (var out = first.inputReader()) {
            assertThat(out.readLine()).startsWith("ready");

            assertThat(refused("--data", data, "--c2s-port", "0")).contains("already in use");
        } finally {
            first.destroyForcibly();
        }
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**.trace.db");
    }

    @Test
    void a_certificate_that_is_none() throws Exception {
        Path pem = Files.writeString(folder.resolve("certificate.pem"), "nothing of the kind");
        Path config = Files.writeString(
                folder.resolve("server.toml"),
                "[tls]\ncertificate = '%1$s'\nkey = '%1$s'\n[listen]\nc2s_port = 0\n".formatted(pem));

        assertThat(refused("--memory", "--config", config.toString())).contains("certificate " + pem);
    }

    /** The only line that it says. */
    private String refused(String... options) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = serve(options).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            List<String> said = Files.readAllLines(err);
            assertThat(said).hasSize(1);
            return said.get(0);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder serve(String... options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
