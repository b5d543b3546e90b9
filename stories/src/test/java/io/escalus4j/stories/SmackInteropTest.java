package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Stage;
import io.escalus4j.stories.server.EmbeddedServer;
import java.security.KeyStore;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.chat2.ChatManager;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.iqregister.AccountManager;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;

/** A client that nobody here wrote, Smack, gets along with the server and with our own client. */
class SmackInteropTest {
    private static final String PASSWORD = "Secret-1";
    private static final int SECONDS = 10;

    @Test
    void smack_registers_logs_in_and_chats_both_ways() throws Exception {
        try (var server = EmbeddedServer.start()) {
            var mike = smack(server);
            try {
                mike.connect();
                register(mike, "mike");
                mike.login("mike", PASSWORD);
                assertThat(mike.isSecureConnection()).isTrue();
                assertThat(mike.getUsedSaslMechansism()).startsWith("SCRAM-SHA");

                Stage.on(server).with("alice").run(alice -> {
                    BlockingQueue<Message> heard = listen(mike);
                    alice.send(chat(mike.getUser(), "Hello Smack"));
                    Message hello = heard.poll(SECONDS, TimeUnit.SECONDS);
                    assertThat(hello).isNotNull();
                    assertThat(hello.getBody()).isEqualTo("Hello Smack");
                    assertThat(hello.getFrom().toString()).isEqualTo(alice.jid().toString());

                    chats(mike)
                            .chatWith(JidCreate.entityBareFrom(alice.account().toString()))
                            .send("Hello alice");
                    alice.expect(chatMessage("Hello alice").from(mike.getUser()));
                });
            } finally {
                mike.disconnect();
            }
        }
    }

    private static XMPPTCPConnection smack(EmbeddedServer server) throws Exception {
        return new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(server.domain())
                .setHostAddress(server.address().getAddress())
                .setPort(server.address().getPort())
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(trusting(server))
                .build());
    }

    /** Trusts the server's own certificate and no other. */
    private static X509TrustManager trusting(EmbeddedServer server) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", server.server().certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static void register(XMPPTCPConnection connection, String name) throws Exception {
        var accounts = AccountManager.getInstance(connection);
        assertThat(accounts.supportsAccountCreation()).isTrue();
        accounts.createAccount(Localpart.from(name), PASSWORD);
    }

    private static BlockingQueue<Message> listen(XMPPTCPConnection connection) {
        var heard = new ArrayBlockingQueue<Message>(10);
        chats(connection).addIncomingListener((from, message, chat) -> heard.add(message));
        return heard;
    }

    private static ChatManager chats(XMPPTCPConnection connection) {
        return ChatManager.getInstanceFor(connection);
    }
}
