package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.Scene;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.exml.Element;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.wire.FastToken;
import io.escalus4j.wire.Sasl2;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.UserAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** E08: passwords, SASL payloads and tokens are in no log, report, diagram or text of an exception. */
class SecrecyTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("io.escalus4j");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level before = ROOT.getLevel();
    private final List<String> secrets = new ArrayList<>();

    @TempDir
    Path reports;

    @BeforeEach
    void listen() {
        log.start();
        ROOT.setLevel(Level.TRACE);
        ROOT.addAppender(log);
    }

    @AfterEach
    void leave() {
        ROOT.detachAppender(log);
        ROOT.setLevel(before);
    }

    private Throwable failing(Stage.SceneBody body) {
        try (var server = EmbeddedServer.start()) {
            var settings = Settings.standard().with(Option.HISTORY, "always").with(Option.REPORT, reports.toString());
            return catchThrowable(() -> Stage.on(server, settings)
                    .named("secrets")
                    .withoutPresence()
                    .run(body));
        }
    }

    private void assertSecret(Throwable failure) throws IOException {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(secrets).isNotEmpty().allSatisfy(secret -> {
            assertThat(secret).hasSizeGreaterThan(7);
            assertThat(trace.toString()).doesNotContain(secret);
            assertThat(lines()).doesNotContain(secret);
            assertThat(written()).doesNotContain(secret);
        });
    }

    /** A server that ends may still be writing. */
    private List<ILoggingEvent> logged() {
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    private String lines() {
        return logged().stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .collect(Collectors.joining("\n"));
    }

    private String written() throws IOException {
        try (var files = Files.walk(reports)) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
            assertThat(text).isNotEmpty();
            return text.toString();
        }
    }

    private void keep(Scene scene, String name) {
        secrets.add(scene.user(name).password());
        secrets.add(plain(scene, name));
    }

    private static String plain(Scene scene, String name) {
        var user = scene.user(name);
        return Logins.base64("\0" + user.jid().local() + "\0" + user.password());
    }

    @Test
    void e08_a_login_by_hand_and_what_comes_of_it_are_secret() throws Exception {
        assertSecret(failing(scene -> {
            keep(scene, "alice");
            Client alice = Logins.encrypted(scene);
            alice.send(
                    Element.of("auth", Logins.SASL).with("mechanism", "PLAIN").withText(plain(scene, "alice")));
            alice.expect(element("nothing", "urn:example:nothing"));
        }));
    }

    @Test
    void e08_a_login_by_sasl2_and_the_token_that_comes_of_it_are_secret() throws Exception {
        assertSecret(failing(scene -> {
            keep(scene, "alice");
            Client alice = Logins.encrypted(scene);
            alice.send(Logins.authenticate(
                            "PLAIN",
                            "\0" + scene.user("alice").jid().local() + "\0"
                                    + scene.user("alice").password())
                    .with(Element.of("user-agent", Logins.SASL2)
                            .with("id", UserAgent.fresh("x").id()))
                    .with(Element.of("request-token", "urn:xmpp:fast:0").with("mechanism", "HT-SHA-256-NONE")));
            Element success = alice.expect(element("success", Logins.SASL2));
            secrets.add(success.child("token", "urn:xmpp:fast:0").orElseThrow().attribute("token", ""));
            alice.expect(element("nothing", "urn:example:nothing"));
        }));
    }

    @Test
    void e08_a_token_that_is_refused_is_in_no_text() throws Exception {
        var agent = UserAgent.fresh("AwesomeXMPP");
        assertSecret(failing(scene -> {
            keep(scene, "alice");
            Client alice = scene.connect(
                    "alice",
                    settings -> settings.withSteps(
                            Steps.openStream(),
                            Steps.startTls(),
                            Sasl2.login().as(agent).binding("a").requestingToken("HT-SHA-256-ENDP")));
            FastToken token = alice.token().orElseThrow();
            secrets.add(token.secret());
            scene.note("got " + token);
            scene.connect(
                    "alice2",
                    settings -> settings.withSteps(
                            Steps.openStream(),
                            Steps.startTls(),
                            Sasl2.login()
                                    .as(agent)
                                    .byToken(new FastToken("HT-SHA-256-NONE", token.secret(), token.expiry()))));
        }));
    }

    @Test
    void e08_a_stream_that_breaks_within_a_login_does_not_quote_it() throws Exception {
        for (String broken : List.of("&amp;&undefined;", "<unclosed>", "<!--", "]]>", "\u0001")) {
            assertSecret(failing(scene -> {
                keep(scene, "alice");
                Client alice = Logins.encrypted(scene);
                alice.sendRaw(
                        "<authenticate xmlns='%s' mechanism='PLAIN'><initial-response>%s%s</initial-response></authenticate>"
                                .formatted(Logins.SASL2, plain(scene, "alice"), broken));
                alice.awaitClose();
                throw new AssertionError("the stream has ended");
            }));
            secrets.clear();
        }
    }

    @Test
    void e08_a_wrong_password_is_in_no_text() throws Exception {
        secrets.add("a-wrong-password");
        secrets.add(Logins.base64("a-wrong-password"));
        assertSecret(failing(scene -> scene.connect(
                "alice", settings -> settings.withMechanism("PLAIN").withPassword("a-wrong-password"))));
    }
}
