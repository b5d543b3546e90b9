package io.escalus4j.stories.cli;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.escalus4j.RemoteServer;
import io.escalus4j.Stage;
import io.escalus4j.stories.server.Address;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.Trust;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bin/peers} starts and stops Debian's servers, and each way to make accounts works on them. What is not installed is
 * skipped: a test installs nothing.
 */
class PeersTest {
    private static final int MINUTES = 2;

    @TempDir
    private Path folder;

    private record Said(int exit, String output) {
        Map<String, String> facts() {
            return Stream.of(output.lines()
                            .reduce("", (before, line) -> line)
                            .strip()
                            .split(" "))
                    .map(fact -> fact.split("=", 2))
                    .filter(fact -> fact.length == 2)
                    .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
        }
    }

    private Said peers(String verb, String name) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, verb, ".txt");
        var builder = new ProcessBuilder("bin/peers", verb, name)
                .directory(new File(".."))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ESCALUS_PEERS", folder.resolve("peers").toString());
        Process process = builder.start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), Files.readString(output));
    }

    private static void assumeInstalled(String name) {
        String program = name.equals("ejabberd") ? "ejabberdctl" : name;
        boolean here = Stream.of("/usr/bin", "/usr/sbin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(here, "Debian's %s is not installed here (apt-get install %s)".formatted(name, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ejabberd", "prosody"})
    void a_peer_starts_takes_accounts_in_each_way_and_stops(String name) throws Exception {
        assumeInstalled(name);
        Said started = peers("start", name);
        try {
            assertThat(started.exit()).as(started.output()).isEqualTo(0);
            assertThat(peers("status", name).facts()).isEqualTo(started.facts());
            assertThat(peers("start", name).exit()).isEqualTo(2);
            for (var way : ways(started.facts()).entrySet()) {
                greet(way.getKey(), way.getValue());
            }
        } finally {
            peers("stop", name);
        }
        assertThat(peers("status", name).exit()).isEqualTo(1);
        var process = ProcessHandle.of(Long.parseLong(started.facts().get("pid")));
        // one that has ended, and that nobody has waited for, has no command any more
        assertThat(process.flatMap(one -> one.info().command())).isEmpty();
    }

    private static Map<String, RemoteServer> ways(Map<String, String> facts) {
        RemoteServer server = RemoteServer.at(
                        facts.get("domain"), Address.of(facts.get("c2s")).socket())
                .withTrust(Trust.certificate(Path.of(facts.get("ca"))));
        String[] admin = facts.get("admin").split(":", 2);
        var ways = new LinkedHashMap<String, RemoteServer>();
        ways.put("in-band", server);
        ways.put(
                "ad-hoc",
                server.withProvisioner(Provisioner.adHoc(server.connection().withCredentials(admin[0], admin[1]))));
        if (facts.get("name").equals("ejabberd")) {
            ways.put(
                    "HTTP", server.withProvisioner(Provisioner.ejabberd("http://%s/api".formatted(facts.get("http")))));
        }
        return ways;
    }

    /** Two users of a story chat, and are gone when it is over. */
    private static void greet(String way, RemoteServer server) {
        List<User> users = new ArrayList<>();
        server.provisioner().check();
        Stage.on(server).named(way).run(scene -> {
            var clients = scene.clients(List.of("alice", "bob"));
            users.add(scene.user("alice"));
            users.add(scene.user("bob"));
            clients.get(0).send(chat(clients.get(1), "Hello"));
            clients.get(1).expect(chatMessage("Hello").from(clients.get(0)), Duration.ofSeconds(10));
        });
        for (User user : users) {
            assertThatThrownBy(() -> Connector.connect(
                            server.connection().withCredentials(user.jid().local(), user.password())))
                    .as("%s after the story, made %s", user, way)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("not-authorized");
        }
    }
}
