package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.Time;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Transport;
import java.time.Duration;
import java.util.Map;

/** Connections that are gone without anybody having been told, and how the server finds out: XEP-0199 section 4.1. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
        because = "WebSocket and BOSH have ways of their own, and a client on HTTP must answer in the server's time")
class HalfOpenStory {
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static void pinging(WhiteBox server) {
        server.modules().set("ping", Map.of("idle", IDLE.toMillis() + "ms", "answer", ANSWER.toMillis() + "ms"));
    }

    private static boolean connected(WhiteBox server, Client client) {
        return server.sessions().stream().anyMatch(one -> one.jid().equals(client.address()) && one.connected());
    }

    /** Just short of giving up whoever says nothing; the others say something on the way. */
    private static void almost(Time time) {
        time.advance(IDLE.minusMillis(1));
        time.advance(ANSWER);
    }

    @Story
    @Spec(xep = 199, section = "4.1", says = "a server tests whether a connection is still there by a ping")
    @Spec(xep = 198, section = "5", says = "the session of a connection that was lost waits for its client")
    void the_session_of_a_half_open_connection_waits_for_its_client(
            Scene scene, Client bob, Time time, WhiteBox server) {
        pinging(server);
        Client alice = scene.connectManaged("alice");
        alice.link().halfOpen();

        almost(time);
        assertThat(connected(server, alice)).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(connected(server, alice)).isFalse();

        bob.send(chat(alice, "While nobody listened"));
        alice.kill();
        Client again = scene.resume(alice);
        Element ping = again.expect(iqGet("urn:xmpp:ping").from(bob.jid().domain()));
        again.send(iqResult(ping));
        again.expect(chatMessage("While nobody listened").from(bob));
        again.expectNothing();
        assertThat(server.metric("xmpp_pings_total", "result=\"unanswered\"")).isEqualTo(1);
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(rfc = 6120, section = "4.6.3", says = "who is silent too long and answers no check is taken for lost")
    void friends_see_somebody_leave_whose_connection_is_half_open(
            Client alice, Client bob, Time time, WhiteBox server) {
        pinging(server);
        alice.link().halfOpen();

        almost(time);
        bob.expectNothing();
        time.advance(Duration.ofMillis(1));

        bob.expect(unavailable().from(alice));
    }

    @Story
    @Spec(xep = 199, section = "4.1", says = "who answers the ping is kept, even if the answer is an error")
    void who_answers_is_kept(Client alice, Client bob, Time time, WhiteBox server) {
        pinging(server);

        time.advance(IDLE);
        alice.send(iqResult(alice.expect(iqGet("urn:xmpp:ping"))));
        bob.send(iqError(bob.expect(iqGet("urn:xmpp:ping")), "cancel", "service-unavailable"));
        time.advance(ANSWER);

        alice.send(chat(bob, "Still here"));
        bob.expect(chatMessage("Still here").from(alice));
    }

    @Story
    @Spec(rfc = 6120, section = "4.6.1", says = "white space shows that the connection is still there")
    void white_space_is_enough(Client alice, Client bob, Time time, WhiteBox server) {
        pinging(server);

        for (int i = 0; i < 3; i++) {
            time.advance(IDLE.minusMillis(1));
            alice.sendRaw(" ");
            bob.sendRaw(" ");
        }

        alice.expectNothing();
        assertThat(connected(server, alice)).isTrue();
        assertThat(connected(server, bob)).isTrue();
    }
}
