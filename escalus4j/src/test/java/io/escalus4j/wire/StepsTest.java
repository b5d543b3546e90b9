package io.escalus4j.wire;

import static io.escalus4j.peer.PeerStream.bindFeature;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final String SESSION = "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'>%s</session>";

    @Test
    void the_standard_steps_end_with_a_bound_resource() throws Exception {
        try (var peer = ScriptedPeer.playing(PeerStream::login)) {
            Connection connection = Connector.connect(peer.settings());

            assertThat(connection.jid()).contains("alice@localhost/res1");
            assertThat(connection.log()).containsExactly("PLAIN");
        }
    }

    @Test
    void the_server_may_choose_another_resource() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature());
            assertThat(stream.hear("<iq .*?</iq>").group()).contains("<resource>res1</resource>");
            stream.say(
                    "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@localhost/chosen</jid></bind></iq>");
        })) {
            assertThat(Connector.connect(peer.settings()).jid()).contains("alice@localhost/chosen");
        }
    }

    @Test
    void the_header_names_the_domain_and_the_version() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(stream.hear("<stream:stream [^>]*>").group())
                    .contains("to='localhost'", "version='1.0'", "xmlns='jabber:client'");
            stream.drop();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings())).isInstanceOf(ConnectionException.class);
        }
    }

    @Test
    void a_failing_step_says_which_what_was_offered_and_why_and_closes_the_socket() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN", "SCRAM-SHA-1"));
            stream.hear("<auth [^>]*>[^<]*</auth>");
            stream.say("<failure xmlns='%s'><not-authorized/><text>who are you</text></failure>"
                    .formatted(PeerStream.SASL));
            stream.hearAll();
        })) {
            var failure = catchThrowableOfType(
                    ConnectionException.class,
                    () -> Connector.connect(peer.settings().withMechanism("PLAIN")));

            assertThat(failure)
                    .hasMessage(
                            "alice@localhost at localhost:%d cannot connect: step 'authenticate' failed: the server refused PLAIN: not-authorized (who are you); features seen: mechanisms (PLAIN SCRAM-SHA-1)",
                            peer.address().getPort());
            assertThat(failure.step()).isEqualTo("authenticate");
            assertThat(failure.features().mechanisms()).containsExactly("PLAIN", "SCRAM-SHA-1");
            assertThat(failure)
                    .cause()
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            cause -> assertThat(cause.condition()).isEqualTo("not-authorized"));
        }
    }

    @Test
    void a_step_of_ones_own_that_throws_anything_closes_the_socket_too() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream();
            stream.hearAll();
        })) {
            ConnectionStep broken = ConnectionStep.of("broken", (connection, features) -> {
                throw new StackOverflowError();
            });

            assertThatThrownBy(() -> Connector.connect(peer.settings().withSteps(Steps.openStream(), broken)))
                    .hasMessageContaining("step 'broken' failed: StackOverflowError")
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void a_refused_connection_says_so() throws Exception {
        InetSocketAddress closed;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        }

        assertThatThrownBy(() -> Connector.connect(ConnectionSettings.to("localhost", closed)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("step 'connect' failed")
                .hasMessageContaining("features seen: none");
    }

    @Test
    void steps_after_authentication_see_the_features_of_the_new_stream() throws Exception {
        var seen = new AtomicReference<Features>();
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature(), "<sm xmlns='urn:xmpp:sm:3'/>");
        })) {
            Connector.connect(peer.settings()
                    .withSteps(
                            Steps.openStream(),
                            Steps.authenticate(),
                            ConnectionStep.of("look", (connection, features) -> {
                                seen.set(features);
                                return features;
                            })));
        }
        assertThat(seen.get().has("sm", "urn:xmpp:sm:3")).isTrue();
        assertThat(seen.get().offersBind()).isTrue();
        assertThat(seen.get().mechanisms()).isEmpty();
    }

    @Test
    void a_step_may_send_raw_bytes_before_the_stream() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(stream.hear("PROXY[^\r]*\r\n").group())
                    .isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.2 5000 5222\r\n");
            stream.openStream();
        })) {
            ConnectionStep proxy = ConnectionStep.of("proxy header", (connection, features) -> {
                connection.wire().sendRaw("PROXY TCP4 192.0.2.1 192.0.2.2 5000 5222\r\n".getBytes(US_ASCII));
                return features;
            });

            Connector.connect(peer.settings().withSteps(proxy, Steps.openStream()));
        }
    }

    @Test
    void stanzas_that_come_before_the_answer_to_bind_are_kept() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature());
            stream.say("<message><body>welcome</body></message>");
            stream.bind("alice@localhost/res1");
        })) {
            assertThat(Connector.connect(peer.settings()).early())
                    .singleElement()
                    .satisfies(message -> assertThat(message.childText("body")).contains("welcome"));
        }
    }

    @Test
    void a_refused_resource_says_the_condition() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature());
            stream.hear("</iq>");
            stream.say(
                    "<iq type='error' id='bind'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("step 'bind' failed: the server refused bind: resource-constraint");
        }
    }

    @Test
    void a_server_without_bind_is_an_error() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream();
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("the server does not offer bind (RFC 6120 section 7.4)");
        }
    }

    @Test
    void a_session_is_asked_for_only_where_the_server_needs_one() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature(), SESSION.formatted(""));
            stream.bind("alice@localhost/res1");
            stream.hear("<iq [^>]*id='session'.*</iq>");
            stream.say("<iq type='result' id='session'/>");
        })) {
            Connector.connect(peer.settings());
        }
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.authPlain();
            stream.openStream(bindFeature(), SESSION.formatted("<optional/>"));
            stream.bind("alice@localhost/res1");
            assertThat(stream.hearAll()).isEmpty();
        })) {
            Connector.connect(peer.settings()).wire().close();
        }
    }

    @Test
    void a_stream_error_during_a_step_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.hear("<stream:stream [^>]*>");
            stream.say(
                    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
                            + "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("step 'open stream' failed: the stream has ended: stream error host-unknown")
                    .cause()
                    .isInstanceOfSatisfying(
                            StreamEndedException.class,
                            e -> assertThat(e.ending().condition()).isEqualTo("host-unknown"));
        }
    }

    @Test
    void a_stream_that_closes_during_a_step_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            stream.hear("<auth");
            stream.say("</stream:stream>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("the server closed the stream");
        }
    }

    @Test
    void a_silent_server_fails_the_step_in_time() throws Exception {
        try (var peer = ScriptedPeer.playing(PeerStream::hearAll)) {
            var settings = peer.settings().withTimeout(Duration.ofMillis(50));

            assertThatThrownBy(() -> Connector.connect(settings))
                    .hasMessageContaining("step 'open stream' failed: the stream header did not come within 50ms");
        }
    }

    @Test
    void what_is_no_xmpp_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.hear(">");
            stream.say("HTTP/1.1 400 Bad Request\r\n\r\n");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining("step 'open stream' failed")
                    .hasMessageContaining("offset 0");
        }
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.hear(">");
            stream.say("<stream xmlns='urn:other'>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Connector.connect(peer.settings()))
                    .hasMessageContaining(
                            "the server sent <stream xmlns='urn:other'/>, we allow <stream xmlns='http://etherx.jabber.org/streams'>");
        }
    }

    @Test
    void no_text_of_a_failure_has_the_password() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream(mechanisms("PLAIN"));
            String told =
                    PeerStream.decoded(stream.hear("<auth [^>]*>([^<]*)</auth>").group(1));
            assertThat(told).isEqualTo("\0alice\0s3cret-pencil");
            stream.drop();
        })) {
            var failure = catchThrowableOfType(ConnectionException.class, () -> Connector.connect(peer.settings()));

            assertThat(failure).hasStackTraceContaining("authenticate");
            assertThat(stackTrace(failure))
                    .doesNotContain("s3cret-pencil", PeerStream.encoded("\0alice\0s3cret-pencil"));
            assertThat(peer.settings().toString() + peer.settings().credentials())
                    .doesNotContain("s3cret");
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
