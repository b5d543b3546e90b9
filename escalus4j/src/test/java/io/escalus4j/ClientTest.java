package io.escalus4j;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.presence;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.ExtensionBuilders.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matchers;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import io.escalus4j.wire.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Plays after a login; then waits for the client to go. */
    private static ScriptedPeer peer(ScriptedPeer.Script script) throws IOException {
        return ScriptedPeer.playing(stream -> {
            stream.login();
            script.play(stream);
            stream.part();
        });
    }

    private static Client alice(ScriptedPeer peer) {
        return alice(peer, patient());
    }

    private static Client alice(ScriptedPeer peer, Settings settings) {
        var telling = new Telling("a_story", settings, Optional.empty(), Optional.empty());
        return Client.connect("alice", peer.settings(), telling);
    }

    /** Nothing here is about time. */
    private static Settings patient() {
        return Settings.standard().with(Option.TIMEOUT, "20s");
    }

    /** For what never comes. */
    private static Settings quick() {
        return Settings.standard().with(Option.TIMEOUT, "50ms");
    }

    private static String said(String body) {
        return "<message type='chat' from='bob@localhost/res1'><body>%s</body></message>".formatted(body);
    }

    // ---- expecting

    @Test
    void an_expectation_skips_what_does_not_fit_and_leaves_it_in_order() throws Exception {
        try (var peer = peer(
                        stream -> stream.say(said("one") + "<presence from='bob@localhost/res1'/>" + said("two")));
                var alice = alice(peer)) {
            Element two = alice.expect(chatMessage("two"));

            assertThat(two.childText("body")).contains("two");
            assertThat(alice.peek()).extracting(Element::name).containsExactly("message", "presence");
            assertThat(alice.expect(anyStanza()).childText("body")).contains("one");
            assertThat(alice.expect(anyStanza()).name()).isEqualTo("presence");
            assertThat(alice.peek()).isEmpty();
            assertThat(alice.received()).hasSize(3);
        }
    }

    @Test
    void an_expectation_waits_for_what_comes_later() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("<presence/>");
                    stream.say(said("late"));
                });
                var alice = alice(peer)) {
            var expecting = new Thread(() -> alice.expect(chatMessage("late"), LONG));
            expecting.start();
            alice.send(Element.of("presence", "jabber:client"));
            expecting.join();

            assertThat(alice.peek()).isEmpty();
        }
    }

    @Test
    void a_missed_expectation_says_what_was_nearest_within_its_time() throws Exception {
        try (var peer = peer(stream -> stream.say(said("Hi")));
                var alice = alice(peer)) {
            alice.expect(chatMessage("Hi"));
            assertThatThrownBy(() -> alice.expect(chatMessage("Hi!"), Duration.ofMillis(20)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "alice expected within 20ms: chat message \"Hi!\"        (story a_story, step 2)")
                    .hasMessageContaining("open, bound as alice@localhost/res1");
        }
    }

    @Test
    void many_are_expected_in_any_order_and_a_broad_matcher_starves_nobody() throws Exception {
        try (var peer = peer(stream -> stream.say(said("narrow") + said("other") + said("rest")));
                var alice = alice(peer)) {
            List<Element> taken = alice.expectAll(message(), chatMessage("narrow"));

            assertThat(taken)
                    .extracting(one -> one.childText("body").orElse(""))
                    .contains("narrow", taken.get(0).childText("body").orElseThrow());
            assertThat(taken.get(1).childText("body")).contains("narrow");
            assertThat(taken.get(0).childText("body")).isNotEqualTo(Optional.of("narrow"));
            alice.expect(message());
        }
    }

    @Test
    void equal_stanzas_are_taken_one_by_one() throws Exception {
        try (var peer = peer(stream -> stream.say(said("same") + said("same") + said("same")));
                var alice = alice(peer)) {
            alice.expectAll(chatMessage("same"), chatMessage("same"));
            alice.expect(chatMessage("same"));

            assertThat(alice.peek()).isEmpty();
        }
    }

    @Test
    void many_have_one_time_together() throws Exception {
        try (var peer = peer(stream -> stream.say(said("one") + said("go")));
                var alice = alice(peer, quick())) {
            alice.expect(chatMessage("go"), LONG);
            assertThatThrownBy(() -> alice.expectAll(chatMessage("one"), chatMessage("two")))
                    .hasMessageStartingWith("alice expected within 50ms: all of 2 in any order")
                    .hasMessageContaining("two");
            assertThat(alice.peek()).hasSize(1);
        }
    }

    @Test
    void what_is_ignored_does_not_come_into_the_inbox() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("<presence/>");
                    stream.say("<presence from='bob@localhost/res1'/>" + said("one"));
                });
                var alice = alice(peer)) {
            alice.ignore(presence());
            alice.send(Element.of("presence", "jabber:client"));
            alice.expect(chatMessage("one"));

            assertThat(alice.drain()).isEmpty();
            assertThat(alice.received()).hasSize(2);
        }
    }

    // ---- streams that die

    @Test
    void a_wait_fails_at_once_when_the_stream_dies_with_an_error() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("<presence/>");
                    stream.say(
                            "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>replaced</text></stream:error></stream:stream>");
                });
                var alice = alice(peer)) {
            alice.send(Element.of("presence", "jabber:client"));
            assertThatThrownBy(() -> alice.expect(chatMessage("never"), LONG))
                    .hasMessageContaining("alice expected within 20s: chat message \"never\"")
                    .hasMessageContaining("stream: closed, stream error conflict (replaced)");
            assertThat(alice.expectStreamError("conflict").child("conflict", "urn:ietf:params:xml:ns:xmpp-streams"))
                    .isPresent();
        }
    }

    @Test
    void a_wait_fails_at_once_when_the_connection_is_lost() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("<presence/>");
                    stream.drop();
                });
                var alice = alice(peer)) {
            alice.send(Element.of("presence", "jabber:client"));
            assertThatThrownBy(() -> alice.expect(chatMessage("never"), LONG))
                    .hasMessageContaining("the server closed the connection without </stream:stream>");
            assertThatThrownBy(() -> alice.expectStreamError("conflict"))
                    .hasMessageContaining("alice expected: stream error conflict")
                    .hasMessageContaining("stream: closed, the server closed the connection");
        }
    }

    @Test
    void a_wait_fails_at_once_when_what_comes_is_no_xml() throws Exception {
        try (var peer = peer(stream -> stream.say("<message></presence>"));
                var alice = alice(peer)) {
            assertThatThrownBy(() -> alice.expect(anyStanza(), LONG))
                    .hasMessageContaining("the server sent what is no XML stream: ");
        }
    }

    @Test
    void what_came_before_the_end_can_still_be_read() throws Exception {
        try (var peer = peer(stream -> stream.say(said("last") + "</stream:stream>"));
                var alice = alice(peer)) {
            alice.awaitClose();

            alice.expect(chatMessage("last"));
            alice.expectNothing();
        }
    }

    @Test
    void the_end_of_the_stream_is_answered() throws Exception {
        try (var peer = peer(stream -> {
                    stream.say("</stream:stream>");
                    assertThat(stream.hearAll()).endsWith("</stream:stream>");
                });
                var alice = alice(peer)) {
            alice.awaitClose();
        }
    }

    @Test
    void sending_on_a_closed_stream_fails() throws Exception {
        try (var peer = peer(stream -> stream.say("</stream:stream>"));
                var alice = alice(peer)) {
            alice.awaitClose();
            assertThatThrownBy(() -> alice.send(chat("bob@localhost", "Hi")))
                    .hasMessageStartingWith("alice expected: an open stream to send on")
                    .hasMessageContaining("stream: closed, the server closed the stream");
            assertThatThrownBy(() -> alice.sendRaw(" ")).hasMessageContaining("an open stream to send on");
        }
    }

    @Test
    void an_end_that_does_not_come_is_told() throws Exception {
        try (var peer = peer(stream -> {});
                var alice = alice(peer, quick())) {
            assertThatThrownBy(alice::awaitClose)
                    .hasMessageStartingWith("alice expected within 50ms: the end of the stream");
        }
    }

    @Test
    void closing_waits_for_the_servers_good_bye() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.end();
            assertThat(stream.hearAll()).isEmpty();
        })) {
            Client alice = alice(peer);
            alice.close();

            assertThat(alice.isOver(LONG)).isTrue();
            alice.close();
        }
    }

    @Test
    void closing_does_not_wait_for_ever() throws Exception {
        try (var peer = peer(PeerStream::hearAll)) {
            Client alice = alice(peer, quick());
            alice.close();

            assertThat(alice.isOver(LONG)).isTrue();
            assertThatThrownBy(() -> alice.expect(anyStanza())).hasMessageContaining("closed, the story closed it");
        }
    }

    @Test
    void killing_says_nothing_to_the_server() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            assertThat(stream.hearAll()).isEmpty();
        })) {
            Client alice = alice(peer);
            alice.kill();

            assertThat(alice.isOver(LONG)).isTrue();
        }
    }

    @Test
    void an_inbox_that_overflows_ends_the_stream() throws Exception {
        try (var peer = peer(stream -> stream.say(said("x").repeat(11)))) {
            Client alice = alice(peer, Settings.standard().with(Option.INBOX, "10"));
            assertThatThrownBy(() -> alice.expect(chatMessage("never"), LONG))
                    .hasMessageContaining(
                            "the inbox is full: 10 unread stanzas, the setting escalus.inbox allows no more");
            assertThat(alice.received()).hasSize(10);
        }
    }

    // ---- asking

    @Test
    void an_answer_is_told_by_its_id_and_what_comes_between_stays_readable() throws Exception {
        try (var peer = peer(stream -> {
                    String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                    stream.say(said("between") + "<iq type='result' id='another' from='localhost'/>"
                            + "<iq type='result' id='%s' from='localhost'><yes xmlns='urn:y'/></iq>".formatted(id));
                });
                var alice = alice(peer)) {
            Element answer = alice.iq(ping("localhost"));

            assertThat(answer.has("yes", "urn:y")).isTrue();
            assertThat(alice.peek()).extracting(Element::name).containsExactly("message", "iq");
        }
    }

    @Test
    void an_answer_of_somebody_else_is_no_answer() throws Exception {
        try (var peer = peer(stream -> {
                    String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                    stream.say("<iq type='result' id='%s' from='mallory@localhost/x'/></stream:stream>".formatted(id));
                });
                var alice = alice(peer)) {
            assertThatThrownBy(() -> alice.iq(ping("localhost")))
                    .hasMessageContaining("FAIL")
                    .hasMessageContaining("mallory@localhost/x");
            assertThat(alice.peek()).hasSize(1);
        }
    }

    @Test
    void an_answer_on_behalf_of_the_account_needs_no_from() throws Exception {
        Element question = Element.of("query", "urn:q");
        try (var peer = peer(stream -> {
                    for (String from :
                            List.of("", "from='alice@localhost'", "from='alice@localhost/res1'", "from='localhost'")) {
                        String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                        stream.say("<iq type='result' id='%s' %s/>".formatted(id, from));
                    }
                    String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                    stream.say("<iq type='result' id='%s'/>".formatted(id));
                });
                var alice = alice(peer)) {
            for (int i = 0; i < 4; i++) {
                alice.iq(iqGet(question));
            }
            alice.iq(iqGet(alice.account(), question));

            assertThat(alice.peek()).isEmpty();
        }
    }

    @Test
    void an_error_fails_unless_it_is_wanted() throws Exception {
        try (var peer = peer(stream -> {
                    for (int i = 0; i < 5; i++) {
                        String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                        stream.say(
                                "<iq type='error' id='%s' from='localhost'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                                        .formatted(id));
                    }
                });
                var alice = alice(peer)) {
            assertThatThrownBy(() -> alice.iq(ping("localhost")))
                    .hasMessageContaining("alice expected: iq result")
                    .hasMessageContaining("type is result, but was error");
            alice.iqError(ping("localhost"));
            alice.iqError(ping("localhost"), "item-not-found");
            assertThatThrownBy(() -> alice.iqError(ping("localhost"), "forbidden"))
                    .hasMessageContaining("forbidden");
            assertThat(alice.request(ping("localhost")).attribute("type")).contains("error");
        }
    }

    @Test
    void a_result_fails_where_an_error_is_wanted() throws Exception {
        try (var peer = peer(PeerStream::pong);
                var alice = alice(peer)) {
            assertThatThrownBy(() -> alice.iqError(ping("localhost")))
                    .hasMessageContaining("type is error, but was result");
        }
    }

    @Test
    void an_answer_that_never_comes_fails_in_time() throws Exception {
        try (var peer = peer(stream -> stream.hear("</iq>"));
                var alice = alice(peer, quick())) {
            assertThatThrownBy(() -> alice.iq(ping("localhost").with("id", "p1")))
                    .hasMessageStartingWith("alice expected within 50ms: iq result with id 'p1'");
        }
    }

    @Test
    void an_answer_that_cannot_come_any_more_fails_at_once() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("</iq>");
                    stream.say("</stream:stream>");
                });
                var alice = alice(peer)) {
            assertThatThrownBy(() -> alice.iq(ping("localhost")))
                    .hasMessageContaining("closed, the server closed the stream");
        }
    }

    // ---- expecting nothing

    @Test
    void nothing_is_proven_by_a_fence_that_nobody_sees() throws Exception {
        try (var peer = peer(PeerStream::fence);
                var alice = alice(peer)) {
            alice.expectNothing();

            assertThat(alice.peek()).isEmpty();
            assertThat(alice.received()).isEmpty();
        }
    }

    @Test
    void what_comes_before_the_fence_is_passed_is_seen() throws Exception {
        try (var peer = peer(stream -> {
                    stream.pong();
                    stream.say(said("surprise"));
                    stream.reflect();
                    stream.pong();
                });
                var alice = alice(peer)) {
            assertThatThrownBy(alice::expectNothing)
                    .hasMessageStartingWith("alice expected nothing")
                    .hasMessageContaining("surprise");
        }
    }

    @Test
    void what_is_unread_already_needs_no_fence() throws Exception {
        try (var peer = peer(stream -> stream.say(said("one") + said("two")));
                var alice = alice(peer)) {
            alice.expect(chatMessage("two"));
            assertThatThrownBy(alice::expectNothing).hasMessageContaining("one");
        }
    }

    @Test
    void a_server_that_answers_pings_with_an_error_is_as_good() throws Exception {
        try (var peer = peer(stream -> {
                    for (int i = 0; i < 2; i++) {
                        String id = stream.hear("<iq [^>]*id='([^']*)'[^>]*><ping [^>]*/></iq>")
                                .group(1);
                        stream.say(
                                "<iq type='error' id='%s'><error type='cancel'><feature-not-implemented xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                                        .formatted(id));
                        if (i == 0) {
                            stream.reflect();
                        }
                    }
                });
                var alice = alice(peer)) {
            alice.expectNothing();
        }
    }

    @Test
    void a_server_that_answers_no_ping_fails_the_fence() throws Exception {
        try (var peer = peer(stream -> {});
                var alice = alice(peer, quick())) {
            assertThatThrownBy(alice::expectNothing)
                    .hasMessage("alice's server did not answer the ping of a fence within 50ms (XEP-0199 section 4.2)");
        }
    }

    @Test
    void a_mark_that_the_server_swallows_becomes_a_quiet_period() throws Exception {
        try (var peer = peer(stream -> {
                    stream.pong();
                    stream.hear("<message .*?</message>");
                    stream.pong();
                });
                var alice = alice(peer, Settings.standard().with(Option.TIMEOUT, "500ms"))) {
            alice.expectNothing();
        }
    }

    @Test
    void a_quiet_period_sees_what_comes_within_it() throws Exception {
        try (var peer = peer(stream -> {
                    stream.hear("<presence/>");
                    stream.say(said("noise"));
                });
                var alice = alice(peer)) {
            alice.expectNothingFor(Duration.ofMillis(20));
            alice.send(Element.of("presence", "jabber:client"));
            assertThatThrownBy(() -> alice.expectNothingFor(LONG)).hasMessageContaining("noise");
        }
    }

    @Test
    void a_stream_without_a_resource_can_be_talked_to_but_not_fenced() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream();
            stream.hear("<hello [^>]*/>");
            stream.say("<world xmlns='urn:w'/>");
            stream.end();
        })) {
            try (var alice = Client.connect("alice", peer.settings().withSteps(Steps.openStream()))) {
                alice.send(Element.of("hello", "urn:w"));
                alice.expect(anyStanza());
                assertThatThrownBy(alice::expectNothing).hasMessage("alice has bound no resource");
                assertThat(alice).hasToString("alice (alice@localhost)");
            }
        }
    }

    @Test
    void who_has_not_logged_in_may_ask_too() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    stream.openStream();
                    for (String from : List.of("", "from='localhost'")) {
                        String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
                        stream.say("<iq type='result' id='%s' %s/>".formatted(id, from));
                    }
                    stream.end();
                });
                var stranger = Client.connect(
                        "stranger", peer.settings().withCredentials("", "").withSteps(Steps.openStream()))) {
            stranger.iq(iqGet("localhost", Element.of("query", "jabber:iq:register")));
            stranger.iq(iqGet(Element.of("query", "jabber:iq:register")));

            assertThat(stranger.address()).isEqualTo("localhost");
        }
    }

    @Test
    void a_stream_may_be_opened_by_hand_and_anew() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
                    stream.openStream("<one xmlns='urn:f'/>");
                    stream.openStream("<two xmlns='urn:f'/>");
                    stream.end();
                });
                var alice = Client.connect("alice", peer.settings().withSteps())) {
            String header =
                    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>";
            alice.sendRaw(header);
            alice.expect(Matchers.element("features", "http://etherx.jabber.org/streams")
                    .withChild("one", "urn:f"));
            alice.sendRaw(header);
            alice.expect(Matchers.element("features", "http://etherx.jabber.org/streams")
                    .withChild("two", "urn:f"));

            assertThat(alice.peek()).isEmpty();
            assertThat(alice.received())
                    .extracting(Element::name)
                    .containsExactly("stream", "features", "stream", "features");
        }
    }

    @Test
    void raw_bytes_go_out_as_they_are() throws Exception {
        try (var peer = peer(stream -> assertThat(stream.hear("<oops").group()).isEqualTo("<oops"));
                var alice = alice(peer)) {
            alice.sendRaw("<oops");
        }
    }

    @Test
    void an_interrupted_wait_fails_and_stays_interrupted() throws Exception {
        try (var peer = peer(stream -> {});
                var alice = alice(peer, quick())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> alice.expect(anyStanza(), LONG))
                    .hasMessage("the story was interrupted while it waited");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
