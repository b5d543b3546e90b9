package io.escalus4j.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.xep.Catalog;
import io.escalus4j.server.xmpp.Jid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The configuration file, and what is said about a wrong one. */
class ConfigFileTest {
    /** The settings of a module that no server has. */
    private record Greeter(boolean loud, int maxGreetings, Duration pause) {
        Greeter {
            if (maxGreetings < 1) {
                throw new IllegalArgumentException("maxGreetings must be at least 1, was " + maxGreetings);
            }
        }
    }

    private static final Map<String, Record> MODULES = Map.of("greeter", new Greeter(false, 3, Duration.ofSeconds(1)));

    @TempDir
    private Path folder;

    private ServerConfig read(String toml) {
        return read(toml, Optional.empty());
    }

    private ServerConfig read(String toml, Optional<Profile> profile) {
        try {
            return ConfigFile.read(Files.writeString(folder.resolve("escalus.toml"), toml), profile, wanted -> MODULES);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void assertRefused(String toml, String message) {
        assertThatThrownBy(() -> read(toml))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        message.replace("FILE", folder.resolve("escalus.toml").toString()));
    }

    // ---- what is allowed

    @ParameterizedTest
    @EnumSource
    void an_empty_file_is_the_standard(Profile profile) {
        assertThat(read("", Optional.of(profile)))
                .usingRecursiveComparison()
                .ignoringFields("modules.settings")
                .isEqualTo(ServerConfig.standalone(profile));
    }

    @Test
    void everything_can_be_set() {
        var config = read("""
                domains = ["Example.org", "localhost"]
                profile = "test"
                admins = ["admin@example.org"]

                [listen]
                address = "127.0.0.1" # here only
                c2s_port = 0
                tls_port = 5223
                https_port = 5443
                proxy_protocol = true
                proxy_trusted = ["10.0.0.1"]
                threads = 3

                [http]
                origins = ["https://chat.example.org"]
                ws_path = "/xmpp-websocket"
                bosh_path = "/bosh"
                public_host = "chat.example.org"
                ping = "10s"
                request_time = "5s"

                [bosh]
                sessions = 7
                wait_time = "20s"
                hold = 2
                inactivity = "45s"
                pause_time = "1m"
                polling = "0s"

                [tls]
                certificate = "cert.pem"
                key = 'key.pem'

                [streams]
                pre_auth_bytes = 10_000
                stanza_bytes = 20000
                depth = 32
                attributes = 33
                login_time = "500ms"
                close_time = "1m"

                [sasl]
                mechanisms = ["PLAIN"]
                iterations = 5000
                tries = 5
                hash_threads = 1
                hash_queue = 7

                [sessions]
                per_account = 1
                queue_bytes = 100000
                queue_stanzas = 50

                [store]
                url = "jdbc:postgresql://db.example.org/escalus"
                user = "escalus"
                password = "s3cret"
                connections = 3
                queue = 4
                timeout = "5s"

                [modules]
                disabled = ["greeter"]

                [modules.greeter]
                loud = true
                pause = "2h"
                """);

        assertThat(config.domains()).containsExactly("example.org", "localhost");
        assertThat(config.profile()).isEqualTo(Profile.TEST);
        assertThat(config.admins()).containsExactly(Jid.of("admin@example.org"));
        assertThat(config.listen())
                .isEqualTo(new ListenConfig(
                        Optional.of("127.0.0.1"),
                        0,
                        Optional.of(5223),
                        Optional.empty(),
                        Optional.of(5443),
                        true,
                        List.of("10.0.0.1"),
                        3));
        assertThat(config.http())
                .isEqualTo(new HttpConfig(
                        List.of("https://chat.example.org"),
                        "/xmpp-websocket",
                        "/bosh",
                        Optional.of("chat.example.org"),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)));
        assertThat(config.bosh())
                .isEqualTo(new BoshConfig(
                        7, Duration.ofSeconds(20), 2, Duration.ofSeconds(45), Duration.ofMinutes(1), Duration.ZERO));
        assertThat(config.tls())
                .isEqualTo(new TlsConfig(Optional.of("cert.pem"), Optional.of("key.pem"), Optional.empty()));
        assertThat(config.streams())
                .isEqualTo(new StreamConfig(10_000, 20_000, 32, 33, Duration.ofMillis(500), Duration.ofMinutes(1)));
        assertThat(config.sasl()).isEqualTo(new SaslConfig(List.of("PLAIN"), 5000, 5, 1, 7));
        assertThat(config.sessions()).isEqualTo(new SessionConfig(1, 100_000, 50));
        assertThat(config.store())
                .isEqualTo(new StoreConfig(
                        Optional.of("jdbc:postgresql://db.example.org/escalus"),
                        Optional.of("escalus"),
                        Optional.of("s3cret"),
                        3,
                        4,
                        Duration.ofSeconds(5)));
        assertThat(config.modules().disabled()).isEqualTo(Set.of("greeter"));
        assertThat(config.modules().of("greeter", new Greeter(false, 1, Duration.ZERO)))
                .isEqualTo(new Greeter(true, 3, Duration.ofHours(2)));
    }

    @Test
    void the_command_line_decides_on_the_profile_and_with_it_on_the_standards() {
        var config = read("profile = \"production\"", Optional.of(Profile.TEST));

        assertThat(config.profile()).isEqualTo(Profile.TEST);
        assertThat(config.sasl()).isEqualTo(SaslConfig.TEST);
    }

    @Test
    void a_module_that_is_not_set_has_its_own_standard() {
        assertThat(ModulesConfig.ALL
                        .of("other", new Greeter(true, 9, Duration.ZERO))
                        .maxGreetings())
                .isEqualTo(9);
    }

    // ---- what is not

    @Test
    void an_unknown_key_is_named_with_those_that_are_known() {
        assertRefused(
                "domains = ['localhost']\n\n[streams]\ndepht = 64\n",
                "FILE:4: streams.depht is unknown, allowed are attributes, close_time, depth, login_time, pre_auth_bytes,"
                        + " stanza_bytes (docs/configuration.md)");
    }

    @Test
    void an_unknown_table_is_named_too() {
        assertRefused(
                "[lisen]\nc2s_port = 1\n",
                "FILE:1: lisen is unknown, allowed are admins, bosh, domains, http, listen, modules, profile, sasl,"
                        + " sessions, store, streams, tls (docs/configuration.md)");
    }

    @Test
    void an_unknown_module_is_named_too() {
        assertRefused(
                "[modules.greter]\nloud = true\n",
                "FILE:1: modules.greter is unknown, allowed are disabled, greeter (docs/configuration.md)");
        assertRefused(
                "[modules]\ndisabled = [\"greter\"]\n",
                "FILE:2: modules.disabled has \"greter\", allowed are greeter (docs/configuration.md)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streams.depth = 'deep' | streams.depth is \"deep\", allowed is a whole number",
                "streams.depth = 6.4 | streams.depth is 6.4, allowed is a whole number",
                "streams.depth = true | streams.depth is true, allowed is a whole number",
                "streams.depth = '64' | streams.depth is \"64\", allowed is a whole number",
                "streams.depth = [64] | streams.depth is [64], allowed is a whole number",
                "streams.depth = {is = 64} | streams.depth is {\"is\":64}, allowed is a whole number",
                "streams = 64 | streams is 64, allowed is a table of settings",
                "domains = 'localhost' | domains is \"localhost\", allowed is a list as in [\"one\", \"two\"]",
                "domains = [7] | domains is 7, allowed is text in quotes",
                "profile = 'prod' | profile is \"prod\", allowed is one of production, test",
                "admins = ['@'] | admins is \"@\", allowed is an account as in \"alice@localhost\"",
                "streams.login_time = 30 | streams.login_time is 30, allowed is a duration as in \"500ms\", \"30s\", \"5m\", \"2h\"",
                "streams.login_time = '30 sec' | streams.login_time is \"30 sec\", allowed is a duration as in \"500ms\", \"30s\", \"5m\", \"2h\"",
                "listen.address = 127 | listen.address is 127, allowed is text in quotes",
                "listen.tls_port = 'x' | listen.tls_port is \"x\", allowed is a whole number",
                "modules.greeter.loud = 'yes' | modules.greeter.loud is \"yes\", allowed is true or false"
            })
    void a_wrong_type_is_told_with_the_right_one(String line, String message) {
        assertRefused("# a comment\n" + line + "\n", "FILE:2: " + message + " (docs/configuration.md)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streams.stanza_bytes = 9999 | streams: stanza_bytes must be at least 10000 (RFC 6120 section 13.12), was 9999",
                "streams.pre_auth_bytes = 0 | streams: pre_auth_bytes must be at least 1024, was 0",
                "streams.depth = 2 | streams: depth must be at least 8, was 2",
                "streams.attributes = -1 | streams: attributes must be at least 16, was -1",
                "streams.login_time = '0s' | streams: login_time must be above 0, was 0ms",
                "listen.c2s_port = 65536 | listen: c2s_port must be 0 to 65535, was 65536",
                "listen.tls_port = -1 | listen: tls_port must be 0 to 65535, was -1",
                "listen.http_port = 65536 | listen: http_port must be 0 to 65535, was 65536",
                "listen.https_port = -1 | listen: https_port must be 0 to 65535, was -1",
                "listen.proxy_trusted = ['proxy'] | listen: proxy_trusted must be addresses as in 10.0.0.1 or fd00::1, there was 'proxy'",
                "http.origins = ['example.org'] | http: origins must be as in https://chat.example.org, or *, there was 'example.org'",
                "http.ws_path = 'ws' | http: ws_path must be as in /ws, was 'ws'",
                "http.bosh_path = '/ws' | http: bosh_path must differ from ws_path, both were /ws",
                "http.public_host = 'a b' | http: public_host must be as in chat.example.org:5443, was 'a b'",
                "http.ping = '0s' | http: ping must be above 0, was 0ms",
                "bosh.sessions = 0 | bosh: sessions must be at least 1, was 0",
                "bosh.hold = 0 | bosh: hold must be 1 to 10, was 0",
                "bosh.inactivity = '1500ms' | bosh: inactivity must be whole seconds from 1 to 3600, was 1500ms",
                "listen.threads = -1 | listen: threads must be at least 0, was -1",
                "sasl.tries = 1 | sasl: tries must be 2 to 5 (RFC 6120 section 6.4.4), was 1",
                "sasl.iterations = 1 | sasl: iterations must be at least 4096 (RFC 5802 section 5.1), was 1",
                "sasl.iterations = 5000 | iterations must be at least 10000 in production (XEP-0438 section 5), was 5000",
                "sasl.mechanisms = ['X'] | sasl: mechanisms must be of [EXTERNAL, SCRAM-SHA-512-PLUS, SCRAM-SHA-384-PLUS, SCRAM-SHA-256-PLUS, SCRAM-SHA-224-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-512, SCRAM-SHA-384, SCRAM-SHA-256, SCRAM-SHA-224, SCRAM-SHA-1, PLAIN, ANONYMOUS], there was 'X'",
                "sasl.mechanisms = [] | sasl: mechanisms must not be empty, [EXTERNAL, SCRAM-SHA-512-PLUS, SCRAM-SHA-384-PLUS, SCRAM-SHA-256-PLUS, SCRAM-SHA-224-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-512, SCRAM-SHA-384, SCRAM-SHA-256, SCRAM-SHA-224, SCRAM-SHA-1, PLAIN, ANONYMOUS] are there",
                "sasl.hash_threads = 0 | sasl: hash_threads must be at least 1, was 0",
                "sasl.hash_queue = 0 | sasl: hash_queue must be at least 1, was 0",
                "sessions.per_account = 0 | sessions: per_account must be at least 1, was 0",
                "sessions.queue_bytes = 1 | sessions: queue_bytes must be at least 10000, was 1",
                "sessions.queue_stanzas = 1 | sessions: queue_stanzas must be at least 10, was 1",
                "store.url = 'jdbc:mysql://there?password=secret' | store: url must begin with jdbc:postgresql: or jdbc:h2:, was 'jdbc:mysql://there'",
                "store.connections = 0 | store: connections must be at least 1, was 0",
                "store.queue = 0 | store: queue must be at least 1, was 0",
                "store.timeout = '99ms' | store: timeout must be at least 100ms, was 99ms",
                "tls.key = 'key.pem' | tls: certificate and key must be set both or not at all, there was just a key",
                "domains = [] | domains must not be empty",
                "domains = ['alice@localhost'] | domains must be names as in localhost, there was 'alice@localhost'",
                "admins = ['localhost'] | admins must be accounts as in alice@localhost, there was localhost",
                "modules.greeter.max_greetings = 0 | modules.greeter: maxGreetings must be at least 1, was 0"
            })
    void a_broken_rule_is_told_where_it_is_broken(String line, String message) {
        assertThatThrownBy(() -> read("\n\n" + line + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder.resolve("escalus.toml") + (line.startsWith("tls") ? "" : ":3"))
                .hasMessageEndingWith(": " + message + " (docs/configuration.md)");
    }

    /** They are written as milliseconds and read again, so the longest duration must still be one. */
    @ParameterizedTest
    @EnumSource(Profile.class)
    void the_standards_of_all_modules_can_be_read_from_a_file_that_says_nothing(Profile profile) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.toml"), "");

        var config = ConfigFile.read(empty, Optional.of(profile), Catalog::standards);

        assertThat(config.modules().settings()).isEqualTo(Catalog.standards(profile));
    }

    @Test
    void what_is_no_toml_is_told_with_its_line() {
        assertThatThrownBy(() -> read("domains = ['localhost']\nprofile = production\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder.resolve("escalus.toml") + ":2: ")
                .hasMessageEndingWith(" (https://toml.io)");
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        Path nowhere = folder.resolve("nowhere.toml");

        assertThatThrownBy(() -> ConfigFile.read(nowhere, Optional.empty(), profile -> MODULES))
                .isInstanceOf(ConfigException.class)
                .hasMessage(nowhere + " cannot be read: there is no such file");
    }

    // ---- the manual

    private static Set<String> documented() throws IOException {
        var keys = new TreeSet<String>();
        var row = Pattern.compile("^\\| `([a-z0-9_.-]+)` \\|.*");
        for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            var matcher = row.matcher(line);
            if (matcher.matches()) {
                keys.add(matcher.group(1));
            }
        }
        return keys;
    }

    @Test
    void the_manual_has_every_key_and_no_other() throws IOException {
        var known = ConfigFile.standards(Profile.PRODUCTION, Catalog.standards(Profile.PRODUCTION))
                .keySet();

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void the_manual_names_every_module() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
                .contains(Catalog.standards(Profile.PRODUCTION).keySet().stream()
                        .map(name -> "`" + name + "`")
                        .toList());
    }
}
