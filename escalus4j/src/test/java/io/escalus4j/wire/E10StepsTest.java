package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.bindFeature;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Check E10: any prefix of the steps runs; a step of one's own may sit anywhere; a failure names the step, the features
 * and the cause, and closes the socket for every type of error.
 */
class E10StepsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void any_prefix_of_the_steps_runs(int length) throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> prefix(stream, length))) {
            Connection connection = Connector.connect(peer.settings().withSteps(Steps.STANDARD.subList(0, length)));

            assertThat(connection.jid().isPresent()).isEqualTo(length >= 4);
            connection.wire().drop();
        }
    }

    /** Open, starttls (which is off), authenticate, bind, session (which is not wanted). */
    private static void prefix(PeerStream stream, int length) throws IOException {
        if (length >= 1) {
            stream.openStream(mechanisms("PLAIN"));
        }
        if (length >= 3) {
            stream.authPlain();
            stream.openStream(bindFeature());
        }
        if (length >= 4) {
            stream.bind("alice@localhost/res1");
        }
        stream.hearAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void a_step_of_ones_own_may_sit_anywhere(int place) throws Exception {
        var seen = new ArrayList<String>();
        var steps = new ArrayList<>(Steps.STANDARD);
        steps.add(place, ConnectionStep.of("my own", (connection, features) -> {
            seen.add(features.toString());
            return features;
        }));
        try (var peer = ScriptedPeer.playing(PeerStream::login)) {
            assertThat(Connector.connect(peer.settings().withSteps(steps)).jid())
                    .isPresent();
        }
        assertThat(seen)
                .containsExactly(List.of("none", "mechanisms (PLAIN)", "mechanisms (PLAIN)", "bind", "bind", "bind")
                        .get(place));
    }

    @Test
    void a_proxy_header_goes_ahead_of_the_stream() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.hear("^PROXY TCP4 192\\.0\\.2\\.7 127\\.0\\.0\\.1 50000 [0-9]+\r\n(?=<)");
            stream.login();
        })) {
            var steps = new ArrayList<>(Steps.STANDARD);
            steps.add(0, Steps.proxyHeader(new InetSocketAddress("192.0.2.7", 50000)));

            assertThat(Connector.connect(peer.settings().withSteps(steps)).jid())
                    .isPresent();
        }
    }

    @Test
    void raw_bytes_go_out_as_they_are() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.hear("^no XML at all\r\n");
            stream.login();
        })) {
            var steps = new ArrayList<>(Steps.STANDARD);
            steps.add(0, Steps.raw("greeting", "no XML at all\r\n".getBytes(US_ASCII)));

            assertThat(Connector.connect(peer.settings().withSteps(steps)).jid())
                    .isPresent();
        }
    }

    @Test
    void the_second_version_of_a_proxy_header_is_binary() {
        byte[] header =
                ProxyHeader.binary(new InetSocketAddress("192.0.2.7", 50000), new InetSocketAddress("192.0.2.1", 5222));

        assertThat(header)
                .startsWith(0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0, 12)
                .endsWith(192, 0, 2, 7, 192, 0, 2, 1, 0xC3, 0x50, 0x14, 0x66);
    }

    static List<Throwable> every_type_of_error() {
        return List.of(
                new IOException("an I/O error"),
                new IllegalStateException("a bug"),
                new Exception("something checked"),
                new AssertionError("an assertion"),
                new StackOverflowError("an error of the JVM"),
                new InterruptedException("an interruption"));
    }

    @ParameterizedTest
    @MethodSource("every_type_of_error")
    void whatever_a_step_throws_the_socket_is_closed_and_the_failure_says_all(Throwable cause) throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.hearAll(); // returns when the client has closed
        })) {
            ConnectionStep broken = ConnectionStep.of("broken", (connection, features) -> {
                throw sneaky(cause);
            });

            var failure = catchThrowableOfType(
                    ConnectionException.class,
                    () -> Connector.connect(peer.settings().withSteps(Steps.openStream(), broken)));

            assertThat(failure.step()).isEqualTo("broken");
            assertThat(failure.features().mechanisms()).containsExactly("PLAIN");
            assertThat(failure).hasCause(cause).hasMessageContaining("step 'broken' failed: " + cause.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Exception sneaky(Throwable cause) throws T {
        throw (T) cause;
    }
}
