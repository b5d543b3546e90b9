package io.escalus4j;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.presence;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientTest extends ClientFixture {
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
}
