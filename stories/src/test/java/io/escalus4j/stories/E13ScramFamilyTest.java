package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.stanza.ExtensionBuilders.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Trust;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Check E13: SCRAM over each hash that the JDK has PBKDF2 for, bound to the channel and not, on both sides. */
class E13ScramFamilyTest {
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .profile(Profile.TEST)
                .sasl(SaslConfig.TEST.mechanisms(SaslConfig.MECHANISMS.toArray(String[]::new)))
                .start();
        server.accounts()
                .create(Jid.of("alice@localhost"), "Pencil-1")
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    static Stream<String> scram() {
        return SaslConfig.MECHANISMS.stream().filter(name -> name.startsWith("SCRAM-"));
    }

    private static ConnectionSettings settings(String mechanism) {
        return ConnectionSettings.to("localhost", server.address())
                .withTrust(Trust.certificates(List.of(server.certificate())))
                .withCredentials("alice", "Pencil-1")
                .withMechanism(mechanism);
    }

    @ParameterizedTest
    @MethodSource("scram")
    void the_right_password_lets_in_and_the_server_proves_itself(String mechanism) {
        try (var alice = Client.connect("alice", settings(mechanism))) {
            assertThat(iqResult().matches(alice.iq(ping("localhost")))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("scram")
    void a_wrong_password_does_not(String mechanism) {
        assertThatThrownBy(() -> Client.connect("alice", settings(mechanism).withPassword("wrong")))
                .hasMessageContaining("the server refused %s: not-authorized".formatted(mechanism));
    }
}
