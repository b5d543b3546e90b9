package io.escalus4j;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.ExtensionBuilders.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matchers;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import io.escalus4j.wire.Steps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that asks, and one that expects nothing, against scripted peers. */
class ClientQuestionsTest extends ClientFixture {
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
