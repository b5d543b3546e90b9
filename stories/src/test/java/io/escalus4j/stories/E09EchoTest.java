package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.Option;
import io.escalus4j.Scene;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import io.escalus4j.wire.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Check E09: the same echo over every wire, encrypted as the settings say; as stories in EchoOverEachWireStory. */
class E09EchoTest {
    private static final String WORDS = "Tea & <biscuits> at five? " + "\u00e9\u4e2d\ud83c\udf75".repeat(2000);

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = EmbeddedServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static void told(Stage.SceneBody body) {
        var settings = Settings.standard().with(Option.TIMEOUT, "20s").with(Option.HISTORY, "never");
        Stage.on(server, settings).withoutPresence().named("echo").run(body);
    }

    private static void echo(Client alice, Client bob) {
        alice.send(chat(bob, WORDS));
        bob.expect(chatMessage(WORDS).from(alice));
        bob.send(chat(alice, WORDS));
        alice.expect(chatMessage(WORDS).from(bob));
    }

    private static void requireSecure(Wire wire, boolean secure) {
        assertThat(wire.isSecure()).isEqualTo(secure);
    }

    @ParameterizedTest
    @EnumSource
    void over_each_transport(Transport transport) {
        told(scene -> {
            Client alice = scene.connect("alice", transport);
            requireSecure(alice.wire(), transport.tls() != Tls.OFF);
            echo(alice, scene.connect("bob", transport));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRED", "OPTIONAL", "OFF"})
    void over_tcp_with_each_policy_of_starttls(Tls policy) {
        told(scene -> {
            Client alice = with(scene, "alice", policy);
            requireSecure(alice.wire(), policy != Tls.OFF);
            echo(alice, with(scene, "bob", policy));
        });
    }

    private static Client with(Scene scene, String name, Tls policy) {
        return scene.connect(
                name, settings -> settings.withTransport(Transport.STARTTLS).withTls(policy));
    }

    @Test
    void over_a_component() {
        told(scene -> {
            Client alice = scene.client("alice");
            Component component = scene.component("echo");
            component.answers(
                    chatMessage(),
                    message -> chat(
                            message.attribute("from", ""),
                            message.childText("body").orElse("")));
            alice.send(chat(component, WORDS));
            alice.expect(chatMessage(WORDS).from(component));
        });
    }
}
