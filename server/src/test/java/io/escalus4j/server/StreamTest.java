package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.Test;

class StreamTest {

    @Test
    void a_message_goes_from_alice_to_bob() {
        try (var server = XmppServer.builder().start()) {
            server.accounts()
                    .create(Jid.of("alice@localhost"), "secret")
                    .toCompletableFuture()
                    .join();
            server.accounts()
                    .create(Jid.of("bob@localhost"), "secret")
                    .toCompletableFuture()
                    .join();
            try (var alice = RawClient.login(server, "alice", "secret", "phone");
                    var bob = RawClient.login(server, "bob", "secret", "phone")) {
                alice.send("<message to='bob@localhost/phone' type='chat'><body>Tea at five</body></message>");

                assertThat(bob.expect("</message>"))
                        .isEqualTo("<message to='bob@localhost/phone' type='chat' from='alice@localhost/phone'>"
                                + "<body>Tea at five</body></message>");
            }
        }
    }
}
