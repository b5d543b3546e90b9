package io.escalus4j.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.escalus4j.Jid;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts that an administrator makes: by ad-hoc commands, over HTTP. */
@Timeout(60)
class AdministrationTest {
    private static final User ALICE = new User("alice", Jid.of("alice-x@localhost"), "s3\"cret");

    // ---- XEP-0133

    private static void command(PeerStream stream, String name, String answer) throws Exception {
        String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
        stream.say(
                "<iq type='result' from='localhost' id='%s'><command xmlns='http://jabber.org/protocol/commands' node='http://jabber.org/protocol/admin#%s' sessionid='s1' %s</command></iq>"
                        .formatted(id, name, answer));
    }

    @Test
    void an_administrator_fills_in_the_form_of_add_user() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            command(
                    stream,
                    "add-user",
                    "status='executing'><x xmlns='jabber:x:data' type='form'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/admin</value></field><field var='accountjid' type='jid-single'/><field var='password' type='text-private'/><field var='password-verify' type='text-private'/><field var='email'/></x>");
            String id = stream.hear("<iq [^>]*id='([^']*)'(.*?)</iq>").group(0);
            heard.add(id);
            stream.say(
                    "<iq type='result' from='localhost' id='http://jabber.org/protocol/admin#add-user'><command xmlns='http://jabber.org/protocol/commands' status='completed'/></iq>");
            stream.hearAll();
        })) {
            Provisioner.adHoc(peer.settings()).create(ALICE);
        }
        assertThat(heard.get(0))
                .contains("sessionid='s1'", "accountjid", "alice-x@localhost", "password-verify", "FORM_TYPE")
                .doesNotContain("email");
    }

    @Test
    void a_command_that_ends_badly_is_told_without_the_password() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            command(
                    stream,
                    "add-user",
                    "status='completed'><note type='error'>exists</note><x xmlns='jabber:x:data'/>");
            stream.hear("</iq>");
            stream.say(
                    "<iq type='result' from='localhost' id='http://jabber.org/protocol/admin#add-user'><command xmlns='http://jabber.org/protocol/commands' status='completed'><note type='error'>exists</note></command></iq>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Provisioner.adHoc(peer.settings()).create(ALICE))
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessageContaining(
                            "the command add-user ended with status 'completed' and the note 'exists' (XEP-0133 section 4)")
                    .hasMessageNotContaining("s3");
        }
    }

    @Test
    void who_is_no_administrator_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.hear("</iq>");
            stream.say(
                    "<iq type='error' from='localhost' id='http://jabber.org/protocol/admin#add-user'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Provisioner.adHoc(peer.settings()).create(ALICE))
                    .hasMessageContaining("cannot be made: the server refused")
                    .hasMessageContaining("forbidden");
        }
    }

    // ---- HTTP

    private record Call(String line, String body, List<String> authorization) {}

    private interface Body {
        void run(String address, List<Call> calls) throws Exception;
    }

    private static void withAdministration(int status, Body body) throws Exception {
        var calls = new CopyOnWriteArrayList<Call>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.add(call(exchange));
            byte[] answer = "no room".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            body.run("http://127.0.0.1:" + server.getAddress().getPort() + "/api", calls);
        } finally {
            server.stop(0);
        }
    }

    private static Call call(HttpExchange exchange) throws IOException {
        return new Call(
                exchange.getRequestMethod() + ' ' + exchange.getRequestURI(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    }

    @Test
    void ejabberds_api_registers_and_unregisters() throws Exception {
        withAdministration(200, (address, calls) -> {
            Provisioner provisioner = Provisioner.ejabberd(address);
            provisioner.create(ALICE);
            provisioner.delete(ALICE);

            assertThat(calls)
                    .containsExactly(
                            new Call(
                                    "POST /api/register",
                                    "{\"user\": \"alice-x\", \"host\": \"localhost\", \"password\": \"s3\\u0022cret\"}",
                                    List.of()),
                            new Call(
                                    "POST /api/unregister",
                                    "{\"user\": \"alice-x\", \"host\": \"localhost\"}",
                                    List.of()));
        });
    }

    @Test
    void any_two_calls_will_do() throws Exception {
        withAdministration(200, (address, calls) -> {
            Provisioner provisioner = Provisioner.http(
                    HttpCall.put(address + "/users/{jid}", "{\"password\": \"{password}\"}")
                            .with("Authorization", "Bearer t0ken"),
                    HttpCall.delete(address + "/users/{jid}"));
            provisioner.create(ALICE);
            provisioner.delete(ALICE);

            assertThat(calls)
                    .containsExactly(
                            new Call(
                                    "PUT /api/users/alice-x%40localhost",
                                    "{\"password\": \"s3\\u0022cret\"}", List.of("Bearer t0ken")),
                            new Call("DELETE /api/users/alice-x%40localhost", "", List.of()));
        });
    }

    @Test
    void an_answer_that_is_no_success_is_told_without_the_password_and_the_token() throws Exception {
        withAdministration(409, (address, calls) -> {
            Provisioner provisioner = Provisioner.http(
                    HttpCall.post(address, "{password}").with("Authorization", "Bearer t0ken"),
                    HttpCall.delete(address));

            assertThatThrownBy(() -> provisioner.create(ALICE))
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessage(
                            "the account of alice (alice-x@localhost) cannot be made: POST %s answered 409: no room",
                            address);
        });
    }
}
