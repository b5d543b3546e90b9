package io.escalus4j.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Xep;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlPortTest {
    /** A module that a test brings along. */
    static final class Added implements Module {
        @Override
        public Xep xep() {
            return new Xep(9998, "Added", "1.0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.feature("urn:example:added");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private XmppServer server;
    private ControlPort port;

    @BeforeEach
    void start() {
        server = XmppServer.builder().profile(Profile.TEST).start();
        port = ControlPort.open(server, 0);
    }

    @AfterEach
    void stop() {
        server.close();
        port.close();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return ask(method, path, body, "Bearer " + port.token());
    }

    private HttpResponse<String> ask(String method, String path, String body, String authorization) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:%d%s".formatted(port.address().getPort(), path)))
                        .header("Authorization", authorization)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    // ---- who may

    @Test
    void a_server_for_production_has_no_such_door() {
        try (var production = XmppServer.builder().profile(Profile.PRODUCTION).start()) {
            assertThatThrownBy(() -> ControlPort.open(production, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("but in the test profile");
        }
    }

    @Test
    void it_listens_on_the_loopback_address_alone() {
        assertThat(port.address().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Basic YTpi", "bearer"})
    void nobody_gets_in_without_the_token(String authorization) throws Exception {
        var answer = ask("GET", "/sessions", "", authorization);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(port.token());
    }

    @Test
    void a_token_is_long_and_never_the_same() {
        try (var other = ControlPort.open(server, 0)) {
            assertThat(other.token()).hasSize(43).isNotEqualTo(port.token());
        }
    }

    // ---- what can be asked

    @Test
    void modules_are_shown_set_and_left_out() throws Exception {
        assertThat(ask("GET", "/modules", "").body()).contains("\"offline\":{\"max_messages\":100}");

        assertThat(ask("PUT", "/modules/offline", "{\"max_messages\":2}").statusCode())
                .isEqualTo(200);
        assertThat(ask("DELETE", "/modules/ping", "").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/modules", "").body())
                .contains("\"offline\":{\"max_messages\":2}")
                .doesNotContain("\"ping\"");
        assertThat(server.modules().features()).doesNotContain("urn:xmpp:ping");

        assertThat(ask("POST", "/reset", "").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/modules", "").body())
                .contains("\"offline\":{\"max_messages\":100}")
                .contains("\"ping\"");
        assertThat(server.modules().features()).contains("urn:xmpp:ping");
    }

    @Test
    void a_module_of_a_test_is_installed_by_the_name_of_its_class() throws Exception {
        String path = "/classes/" + Added.class.getName().replace("$", "%24");

        assertThat(ask("PUT", path, "").statusCode()).isEqualTo(200);
        assertThat(server.modules().features()).contains("urn:example:added");
        assertThat(ask("PUT", path, "").statusCode()).isEqualTo(409);

        assertThat(ask("POST", "/reset", "").statusCode()).isEqualTo(200);
        assertThat(server.modules().features()).doesNotContain("urn:example:added");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Runtime", "no.such.Thing"})
    void a_class_that_is_no_module_is_refused(String name) throws Exception {
        assertThat(ask("PUT", "/classes/" + name, "").statusCode()).isEqualTo(400);
    }

    @Test
    void the_clock_moves() throws Exception {
        Instant before = server.context().time().now();

        assertThat(ask("POST", "/time", "{\"advance\":\"PT10M\"}").body()).contains("timers");

        assertThat(server.context().time().now()).isAfterOrEqualTo(before.plus(Duration.ofMinutes(10)));
        assertThat(ask("POST", "/idle", "{\"within\":\"PT5S\"}").body()).isEqualTo("{\"idle\":true}");
    }

    @Test
    void metrics_are_in_the_format_of_prometheus() throws Exception {
        var answer = ask("GET", "/metrics", "");

        assertThat(answer.body()).contains("xmpp_sessions 0");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4");
    }

    // ---- what is wrong

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT    | /modules/offline | {"max_mesages":1}     | 400 | modules.offline.max_mesages is unknown, allowed are max_messages
            PUT    | /modules/offline | {"max_messages":"x"}  | 400 | modules.offline.max_messages must be a whole number
            PUT    | /modules/offline | {"max_messages":-1}   | 400 | modules.offline: max_messages must be at least 0
            PUT    | /modules/ofline  | {}                    | 400 | module 'ofline' is unknown, allowed are
            PUT    | /modules/offline | [1]                   | 400 | the body is no JSON object
            POST   | /time            | {"advance":"10 min"}  | 400 | advance is '10 min', it must be a duration as in PT10M
            POST   | /time            | {"advance":"PT-1M"}   | 400 | it must be a duration
            POST   | /time            | {}                    | 400 | the body must have the text 'advance'
            GET    | /log?after=x     | {}                    | 400 | after is 'x'
            GET    | /nowhere         | {}                    | 404 | /nowhere is no path
            DELETE | /sessions        | {}                    | 405 | /sessions allows GET
            """)
    void a_mistake_is_told(String method, String path, String body, int status, String words) throws Exception {
        var answer = ask(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void a_body_that_is_too_big_is_not_read() throws Exception {
        assertThat(ask("PUT", "/modules/offline", "x".repeat(70_000)).statusCode())
                .isEqualTo(413);
    }

    // ---- docs

    @Test
    void the_manual_has_a_row_for_each_route_and_no_other() throws Exception {
        var routes = new ControlRoutes(ServerControl.of(server))
                .all().stream().map(ControlRoutes.Route::toString).toList();

        assertThat(Files.readString(Path.of("../docs/control-api.md"))
                        .lines()
                        .filter(line -> line.matches("\\| `(GET|PUT|POST|DELETE) .*"))
                        .map(line -> line.replaceAll("^\\| `([^`]*)`.*", "$1")))
                .containsExactlyElementsOf(routes);
    }
}
