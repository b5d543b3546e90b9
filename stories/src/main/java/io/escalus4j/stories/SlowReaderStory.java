package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.stories.server.OwnServer;
import io.escalus4j.users.User;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Transport;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Somebody who does not read costs nobody else anything, and loses nothing: XEP-0198, RFC 6120 section 13.12. */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class SlowReaderStory {
    private static final int MOST = 20;
    private static final int FAR_TOO_MANY = 1000;
    private static final String LONG = "so long ".repeat(20_000); // 160 KB
    private static final String KEPT = "xmpp_offline_messages_total";

    private static Client managed(Scene scene, String name) {
        Client client = scene.connectManaged(name);
        client.send(initialPresence());
        client.expect(available().from(client));
        client.requestAck();
        client.drain();
        return client;
    }

    private static String text(int number) {
        return "message " + number;
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "what BOSH holds back is in requests, what WebSocket holds back is pinged")
    @Spec(rfc = 6120, section = "13.12", says = "what one client may make the server hold is limited")
    @Spec(
            xep = 198,
            section = "4",
            says = "when a session ends what was not acknowledged is kept as for an absent user")
    void a_reader_that_stalls_is_let_go_and_finds_all_of_it_later(
            Scene scene, Client alice, Client kate, WhiteBox server) {
        server.modules().set("sm", "unacked_stanzas", MOST);
        Client bob = managed(scene, "bob");
        bob.link().stall();
        double kept = server.metric(KEPT, "outcome=\"kept\"");

        for (int i = 0; i <= MOST; i++) {
            alice.send(chat(bob.account(), text(i)));
            kate.send(chat(alice, text(i))); // others talk as ever
            alice.expect(chatMessage(text(i)).from(kate));
        }
        server.eventually("sessions of bob", () -> server.sessions("bob").size())
                .is(0);
        assertThat(server.metric("xmpp_limits_hit_total", "limit=\"sm-unacked\""))
                .isEqualTo(1);
        // others of the account have heard by then that it is gone
        server.eventually("messages that wait", () -> server.metric(KEPT, "outcome=\"kept\"") - kept)
                .is(MOST + 1.0);
        bob.kill();

        Client again = scene.connect("bob/later", settings -> settings);
        again.send(initialPresence());
        for (int i = 0; i <= MOST; i++) {
            again.expect(chatMessage(text(i)).from(alice).withChild("delay", "urn:xmpp:delay"));
        }
        again.expect(available().from(again));
        again.expectNothing();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "what BOSH holds back is in requests, what WebSocket holds back is pinged")
    @Spec(rfc = 6120, section = "13.12", says = "what one client may make the server hold is limited")
    @Spec(rfc = 6121, section = "8.5.2.2", says = "for who is gone a chat message is kept")
    void a_reader_that_stalls_and_acknowledges_nothing_is_cut_and_the_next_message_waits(
            Scene scene, Client alice, Client bob, Client kate, WhiteBox server) {
        bob.link().stall();

        for (int i = 0; !server.sessions("bob").isEmpty(); i++) {
            assertThat(i).as("messages that the server holds").isLessThan(FAR_TOO_MANY);
            alice.send(chat(bob.account(), LONG));
            kate.send(chat(alice, text(i))); // others talk as ever
            alice.expect(chatMessage(text(i)).from(kate));
        }
        assertThat(server.metric("xmpp_limits_hit_total", "limit=\"queue\"")).isEqualTo(1);
        bob.kill();
        alice.send(chat(bob.account(), "Later"));
        alice.fence(); // all of hers is dealt with

        Client again = scene.connect("bob/later", settings -> settings);
        again.ignore(chatMessage(LONG)); // came when the connection was gone already
        again.send(initialPresence());
        again.expect(chatMessage("Later").from(alice).withChild("delay", "urn:xmpp:delay"));
        again.expect(available().from(again));
    }

    @Story
    @Spec(xep = 198, section = "4", says = "who acknowledges what it gets may be as slow as it likes")
    void a_reader_that_is_slow_and_acknowledges_gets_all_in_order(
            Scene scene, Client alice, Client kate, WhiteBox server) {
        server.modules().set("sm", "unacked_stanzas", MOST);
        Client bob = managed(scene, "bob");
        bob.link().throttle(50_000);

        for (int i = 0; i < 5 * MOST; i++) {
            boolean isAwaited = i % (MOST / 2) == MOST / 2 - 1; // as a sender waits for receipts
            if (!isAwaited) {
                bob.ignore(chatMessage(text(i)));
            }
            alice.send(chat(bob, text(i)));
            if (isAwaited) {
                bob.expect(chatMessage(text(i)).from(alice));
                kate.send(chat(alice, text(i)));
                alice.expect(chatMessage(text(i)).from(kate));
            }
        }

        bob.link().heal();
        bob.expectNothing();
        assertThat(server.sessions("bob")).hasSize(1);
    }

    private static List<String> bodies(Client client) {
        client.fence();
        return client.drain().stream()
                .flatMap(stanza -> stanza.childText("body").stream())
                .toList();
    }

    @Story
    @Spec(xep = 160, section = "2", says = "what waits is delivered when the user comes, and is not lost before")
    void what_waits_comes_as_far_as_there_is_room_for_it_and_ends_no_session(
            Scene scene, Client alice, User bob, WhiteBox server) {
        server.modules().set("sm", "unacked_stanzas", MOST);
        var texts = IntStream.range(0, 2 * MOST).mapToObj(SlowReaderStory::text).toList();
        texts.forEach(text -> alice.send(chat(bob.jid(), text)));
        alice.fence();

        Client phone = scene.connectManaged("bob");
        phone.send(initialPresence()); // nothing can be acknowledged until all of it is dealt with
        var first = bodies(phone);
        phone.send(StreamManagement.ack(phone.sm().h()));
        phone.close();
        Client later = scene.connect("bob/later", settings -> settings);
        later.send(initialPresence());
        var rest = bodies(later);

        assertThat(first).hasSizeBetween(MOST / 2 - 2, MOST / 2);
        assertThat(Stream.concat(first.stream(), rest.stream())).containsExactlyElementsOf(texts);
    }
}
