package io.escalus4j.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Connector;
import io.escalus4j.wire.Sasl2;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Trust;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks 35 and 36: somebody between client and server whose certificate the client believes. */
class ManInTheMiddleTest {
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder().profile(Profile.TEST).start();
        server.accounts()
                .create(Jid.of("alice@localhost"), "wonderland")
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ManInTheMiddle man(UnaryOperator<String> offer) throws Exception {
        return ManInTheMiddle.before(server.directTlsAddress().orElseThrow(), server.certificate(), offer);
    }

    private static ConnectionSettings deceived(ManInTheMiddle man) {
        return ConnectionSettings.to("localhost", man.address())
                .withTls(Tls.DIRECT)
                .withTrust(Trust.certificates(List.of(man.certificate())))
                .withCredentials("alice", "wonderland")
                .withSteps(Steps.openStream(), Steps.authenticate());
    }

    private static UnaryOperator<String> without(String... names) {
        return text -> {
            String less = text;
            for (String name : names) {
                less = less.replaceAll("<mechanism>" + name + "</mechanism>", "");
            }
            return less;
        };
    }

    private static String withoutTypes(String text) {
        return text.replaceAll("<sasl-channel-binding.*?</sasl-channel-binding>", "");
    }

    @Test
    void who_does_not_bind_to_the_channel_does_not_see_him() throws Exception {
        try (var man = man(text -> text)) {
            var connection = Connector.connect(deceived(man).withMechanism("SCRAM-SHA-256"));

            assertThat(connection.log()).contains("SCRAM-SHA-256");
            connection.wire().drop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS"})
    void a_bound_login_fails_behind_him(String mechanism) throws Exception {
        try (var man = man(text -> text)) {
            assertThatThrownBy(() -> Connector.connect(deceived(man).withMechanism(mechanism)))
                    .hasMessageContaining("the server refused %s: not-authorized".formatted(mechanism));
        }
    }

    @Test
    void a_client_that_may_choose_binds_and_fails_behind_him() throws Exception {
        try (var man = man(text -> text)) {
            assertThatThrownBy(() -> Connector.connect(deceived(man))).hasMessageContaining("not-authorized");
        }
    }

    @Test
    void a_bound_login_by_sasl2_fails_behind_him() throws Exception {
        try (var man = man(text -> text)) {
            assertThatThrownBy(() -> Connector.connect(deceived(man).withSteps(Steps.openStream(), Sasl2.login())))
                    .hasMessageContaining("not-authorized");
        }
    }

    @Test
    void if_he_takes_the_binding_mechanisms_away_the_client_leaves() throws Exception {
        try (var man = man(without("[^<]*-PLUS"))) {
            assertThatThrownBy(() -> Connector.connect(deceived(man)))
                    .hasMessageContaining("somebody may have changed that on its way");
        }
    }

    @Test
    void if_he_takes_all_of_channel_binding_away_the_server_sees_it() throws Exception {
        UnaryOperator<String> mechanisms = without("[^<]*-PLUS");
        try (var man = man(text -> withoutTypes(mechanisms.apply(text)))) {
            assertThatThrownBy(() -> Connector.connect(deceived(man)))
                    .hasMessageContaining("the server refused SCRAM-SHA-512: not-authorized");
        }
    }

    @Test
    void if_he_takes_a_hash_away_a_client_that_cannot_bind_sees_it() throws Exception {
        try (var man = man(without("SCRAM-SHA-512"))) {
            assertThatThrownBy(() -> Connector.connect(deceived(man).withMechanism("SCRAM-SHA-1")))
                    .hasMessageContaining("was changed on its way to us (XEP-0474 section 5.2)");
        }
    }
}
