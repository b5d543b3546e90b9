package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.Together;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.users.FreshNames;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gate R5, on a small scale: two resumptions of one session, a bind of its resource and the loss of its connection, all at
 * the same time, under seeded delays inside of the server: each time just one of them has the session in the end.
 */
class R5OneSessionTest {
    private static final int ROUNDS = Integer.getInteger("escalus.r5.rounds", 6);
    private static final Duration MOST = Duration.ofMillis(4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ConnectionSettings settings(EmbeddedServer server, User user) {
        return ConnectionSettings.to("localhost", server.address())
                .withTls(Tls.OFF)
                .withMechanism("PLAIN")
                .withCredentials(user.jid().local(), user.password())
                .withResource("phone");
    }

    private static ConnectionSettings resuming(ConnectionSettings settings, StreamManagement former) {
        return settings.withSteps(Steps.openStream(), Steps.authenticate(), Steps.resume(former, former.h()));
    }

    private static ConnectionSettings managed(ConnectionSettings settings) {
        return settings.withSteps(Steps.openStream(), Steps.authenticate(), Steps.bind(), Steps.streamManagement(true));
    }

    /** Connects if the server lets it. */
    private static void tried(Queue<Client> connected, ConnectionSettings settings) {
        try {
            connected.add(Client.connect("alice", settings));
        } catch (ConnectionException overtaken) {
            assertThat(overtaken.getMessage()).containsAnyOf("item-not-found", "conflict", "closed");
        }
    }

    /** @param bind whether somebody binds the resource anew, too */
    private static void round(EmbeddedServer server, Client bob, User user, boolean bind, int number) {
        var settings = settings(server, user);
        Client first = Client.connect("alice", managed(settings));
        var connected = new ConcurrentLinkedQueue<Client>();
        Together.together(
                first::kill,
                () -> tried(connected, resuming(settings, first.sm())),
                () -> tried(connected, resuming(settings, first.sm())),
                () -> {
                    if (bind) {
                        tried(connected, managed(settings));
                    }
                });
        assertThat(server.server().awaitIdle(PATIENCE)).isTrue();

        var account = Jid.of(user.jid().toString());
        assertThat(server.server().sessions().of(account))
                .as("sessions in round %d", number)
                .hasSize(1);
        assertThat(server.server().sessions().of(account).get(0).isConnected()).isTrue();
        bob.send(chat(first.jid().toString(), "round " + number));
        bob.fence();
        assertThat(server.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(List.copyOf(connected))
                .as("who gets what is for the session in round %d", number)
                .filteredOn(client -> gets(client, number))
                .hasSize(1);
        connected.forEach(Client::close);
        assertThat(server.server().awaitIdle(PATIENCE)).isTrue();
        assertThat(server.server().sessions().of(account)).isEmpty();
    }

    /** One that was overtaken has been told so, and the stream is over. */
    private static boolean gets(Client client, int number) {
        try {
            client.expect(chatMessage("round " + number));
            return true;
        } catch (AssertionError over) {
            assertThat(over).hasMessageContaining("conflict");
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "3, true", "4, false"})
    void just_one_has_the_session_in_the_end(long seed, boolean bind) {
        try (var server = EmbeddedServer.startRacing(seed, MOST)) {
            var options = Settings.standard().with(Option.TIMEOUT, "20s").with(Option.HISTORY, "never");
            var user = FreshNames.of("r5").user("alice", "localhost");
            server.provisioner().create(user);
            Stage.on(server, options).withoutPresence().with("bob").run(bob -> {
                for (int i = 0; i < ROUNDS; i++) {
                    round(server, bob, user, bind, i);
                }
            });
        }
    }
}
