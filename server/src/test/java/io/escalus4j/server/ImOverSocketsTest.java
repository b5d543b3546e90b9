package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instant messaging by real clients over real sockets. */
class ImOverSocketsTest {
    private final XmppServer server = XmppServer.builder().start();

    @AfterEach
    void close() {
        server.close();
    }

    /** A resource that is interested in its roster and available, with its own presence read. */
    private RawClient login(String user, String resource) {
        server.accounts()
                .create(Jid.of(user, "localhost"), "secret")
                .toCompletableFuture()
                .join();
        var client = RawClient.login(server, user, "secret", resource);
        client.send("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>")
                .expect("id='r'");
        client.send("<presence/>").expect("<presence from='" + user + "@localhost/" + resource + "'");
        return client;
    }

    private static void subscribe(RawClient from, String user, RawClient to, String contact) {
        from.send("<presence type='subscribe' to='" + contact + "@localhost'/>");
        to.expect("type='subscribe'");
        to.send("<presence type='subscribed' to='" + user + "@localhost'/>");
        from.expect("<presence from='" + contact + "@localhost/");
    }

    @Test
    void alice_and_bob_become_friends_chat_and_part() {
        try (var alice = login("alice", "phone");
                var bob = login("bob", "desk")) {
            subscribe(alice, "alice", bob, "bob");
            subscribe(bob, "bob", alice, "alice");

            alice.send("<message to='bob@localhost' type='chat'><body>Tea at five</body></message>");
            bob.expect("<body>Tea at five</body>");
            bob.send("<message to='alice@localhost/phone' type='chat'><body>Yes</body></message>");
            alice.expect("<body>Yes</body>");

            bob.send("<presence><show>away</show></presence>");
            assertThat(alice.expect("</presence>")).contains("from='bob@localhost/desk'", "<show>away</show>");
        }
    }

    @Test
    void a_friend_sees_a_connection_break_and_what_was_said_then_waits() {
        try (var alice = login("alice", "phone")) {
            var bob = login("bob", "desk");
            subscribe(alice, "alice", bob, "bob");

            bob.close();
            alice.expect("type='unavailable'");

            alice.send("<message to='bob@localhost' type='chat'><body>Later</body></message>");
            alice.send("<iq type='get' id='fence' to='alice@localhost'><nothing xmlns='urn:nothing'/></iq>")
                    .expect("id='fence'");
            try (var again = RawClient.login(server, "bob", "secret", "desk")) {
                again.send("<presence/>");
                assertThat(again.expect("</message>"))
                        .contains("<body>Later</body>", "<delay xmlns='urn:xmpp:delay' from='localhost'");
            }
        }
    }

    @Test
    void a_resource_that_takes_the_place_of_another_is_there_in_the_end() {
        try (var alice = login("alice", "phone")) {
            try (var bob = login("bob", "desk")) {
                subscribe(alice, "alice", bob, "bob");

                try (var again = RawClient.login(server, "bob", "secret", "desk")) {
                    again.send("<presence><show>chat</show></presence>");

                    alice.expect("type='unavailable'");
                    assertThat(alice.expect("</presence>")).contains("<show>chat</show>");
                }
            }
        }
    }

    @Test
    void the_blocked_are_turned_away() {
        try (var alice = login("alice", "phone");
                var bob = login("bob", "desk")) {
            alice.send(
                            "<iq type='set' id='b'><block xmlns='urn:xmpp:blocking'><item jid='bob@localhost'/></block></iq>")
                    .expect("id='b'");

            bob.send("<message to='alice@localhost' type='chat'><body>Hello?</body></message>");

            assertThat(bob.expect("</message>")).contains("<service-unavailable");
        }
    }

    @Test
    void the_stream_features_offer_roster_versions_and_pre_approval() {
        server.accounts()
                .create(Jid.of("alice@localhost"), "secret")
                .toCompletableFuture()
                .join();
        try (var alice = RawClient.secured(server)) {
            alice.send(RawClient.plain("alice", "secret")).expect("<success");

            assertThat(alice.open())
                    .contains(
                            "<ver xmlns='urn:xmpp:features:rosterver'/>",
                            "<sub xmlns='urn:xmpp:features:pre-approval'/>");
        }
    }
}
