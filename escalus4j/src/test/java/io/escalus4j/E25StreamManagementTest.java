package io.escalus4j;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.peer.PeerStream.bindFeature;
import static io.escalus4j.peer.PeerStream.mechanisms;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.match.Matchers;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.RefusedException;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Check E25: the client's side of XEP-0198, against peers that say what they are told to. */
class E25StreamManagementTest {
    private static final String SM = "urn:xmpp:sm:3";
    private static final String OFFER = "<sm xmlns='" + SM + "'/>";
    private static final String R = "<r xmlns='" + SM + "'/>";
    private static final String ENABLED = "<enabled xmlns='" + SM + "' id='id1' resume='true'/>";

    private static void login(PeerStream stream) throws Exception {
        stream.openStream(mechanisms("PLAIN"));
        stream.authPlain();
        stream.openStream(bindFeature(), OFFER);
    }

    /** Up to the point where the client waits for {@code <enabled/>}. */
    private static void loginToEnable(PeerStream stream) throws Exception {
        login(stream);
        stream.bind("alice@localhost/res1");
        assertThat(stream.hear("<enable [^>]*/>").group()).contains("resume='true'");
    }

    private static String message(String body) {
        return "<message type='chat' from='bob@localhost/a' id='%s'><body>%s</body></message>".formatted(body, body);
    }

    private static Client managed(ConnectionSettings settings) {
        var steps = new ArrayList<>(settings.steps());
        steps.add(Steps.streamManagement(true));
        return Client.connect("alice", settings.withSteps(steps));
    }

    private static String h(PeerStream stream) throws Exception {
        return stream.hear("<a [^>]*h='([0-9]+)'[^>]*/>").group(1);
    }

    @Test
    void a_request_is_answered_by_itself_and_not_shown() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    loginToEnable(stream);
                    stream.say(ENABLED + message("one") + R);
                    assertThat(h(stream)).isEqualTo("1");
                    stream.part();
                });
                var alice = managed(peer.settings())) {
            alice.expect(chatMessage("one"));
            alice.expectNothingFor(Duration.ofMillis(1));
        }
    }

    @Test
    void stanzas_in_the_packet_with_enabled_count_and_those_before_it_and_acks_do_not() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    loginToEnable(stream);
                    stream.say(message("before") + ENABLED + message("one") + R + "<a xmlns='" + SM + "' h='0'/>"
                            + message("two") + R);
                    assertThat(h(stream)).isEqualTo("1");
                    assertThat(h(stream)).isEqualTo("2");
                    stream.part();
                });
                var alice = managed(peer.settings())) {
            alice.expect(chatMessage("before"));
            alice.expect(chatMessage("one"));
            alice.expect(chatMessage("two"));
            assertThat(alice.sm().h()).isEqualTo(2);
        }
    }

    @Test
    void in_manual_mode_requests_are_shown_and_any_count_can_be_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    loginToEnable(stream);
                    stream.say(ENABLED);
                    stream.hear("<message .*?</message>");
                    stream.say(R);
                    assertThat(h(stream)).isEqualTo("4294967295");
                    stream.part();
                });
                var alice = managed(peer.settings())) {
            alice.sm().manual();
            alice.send(chat("bob@localhost", "go"));
            alice.expect(Matchers.element("r", SM));
            alice.send(StreamManagement.ack(4294967295L));
        }
    }

    @Test
    void what_the_server_acknowledges_is_no_longer_unacked() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    loginToEnable(stream);
                    stream.say(ENABLED);
                    stream.hear("<r [^>]*/>");
                    stream.say("<a xmlns='" + SM + "' h='1'/>");
                    stream.part();
                });
                var alice = managed(peer.settings())) {
            alice.send(chat("bob@localhost", "one"));
            alice.send(chat("bob@localhost", "two"));

            assertThat(alice.requestAck()).isEqualTo(1);

            assertThat(alice.sm().acked()).isEqualTo(1);
            assertThat(alice.sm().unacked())
                    .extracting(stanza -> stanza.childText("body").orElse(""))
                    .containsExactly("two");
        }
    }

    @Test
    void who_resumes_sends_again_exactly_what_was_not_acknowledged() throws Exception {
        Client alice;
        try (var peer = ScriptedPeer.playing(stream -> {
            loginToEnable(stream);
            stream.say(ENABLED + message("one") + message("two"));
            stream.hearAll();
        })) {
            alice = managed(peer.settings());
            alice.expect(chatMessage("two"));
            for (String body : new String[] {"a", "b", "c"}) {
                alice.send(chat("bob@localhost", body));
            }
            alice.kill();
        }
        var former = alice.sm();
        try (var peer = ScriptedPeer.playing(stream -> {
                    login(stream);
                    assertThat(stream.hear("<resume [^>]*/>").group()).contains("previd='id1'", "h='2'");
                    stream.say("<resumed xmlns='" + SM + "' previd='id1' h='1'/>" + message("three") + R);
                    String again = stream.hear("<body>c</body></message>").group();
                    assertThat(stream.hear("<a [^>]*h='3'").group()).isNotEmpty();
                    assertThat(again).isNotEmpty();
                    stream.part();
                });
                var resumed = Client.connect(
                        "alice",
                        peer.settings()
                                .withSteps(
                                        Steps.openStream(),
                                        Steps.startTls(),
                                        Steps.authenticate(),
                                        Steps.resume(former, former.h())))) {
            resumed.expect(chatMessage("three"));

            assertThat(resumed.jid()).isEqualTo(alice.jid());
            assertThat(resumed.sm().unacked())
                    .extracting(stanza -> stanza.childText("body").orElse(""))
                    .containsExactly("b", "c");
            assertThat(resumed.sm().h()).isEqualTo(3);
        }
    }

    @Test
    void a_refused_resumption_says_why() throws Exception {
        Client alice;
        try (var peer = ScriptedPeer.playing(stream -> {
            loginToEnable(stream);
            stream.say(ENABLED);
            stream.hearAll();
        })) {
            alice = managed(peer.settings());
            alice.kill();
        }
        var former = alice.sm();
        try (var peer = ScriptedPeer.playing(stream -> {
            login(stream);
            stream.hear("<resume [^>]*/>");
            stream.say("<failed xmlns='%s'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"
                    .formatted(SM));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Client.connect(
                            "alice",
                            peer.settings()
                                    .withSteps(
                                            Steps.openStream(),
                                            Steps.startTls(),
                                            Steps.authenticate(),
                                            Steps.resume(former, 0))))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("item-not-found")
                    .hasCauseInstanceOf(RefusedException.class);
        }
    }

    @Test
    void a_server_that_does_not_offer_it_is_told_from_one_that_refuses() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> managed(peer.settings())).hasMessageContaining("does not offer stream management");
        }
    }

    @Test
    void who_has_no_managed_stream_is_told_how_to_get_one() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    stream.login();
                    stream.part();
                });
                var alice = Client.connect("alice", peer.settings())) {
            assertThatThrownBy(alice::sm)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("alice has no managed stream, add Steps.streamManagement to its steps");
        }
    }
}
