package io.escalus4j.server.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.RawClient;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.BoshConfig;
import io.escalus4j.server.config.HttpConfig;
import io.escalus4j.server.config.Profile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams in requests and answers (XEP-0124, XEP-0206), seen by the JDK's own client. */
class BoshTest {
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .profile(Profile.TEST)
                .http(HttpConfig.STANDARD.origins(List.of("https://chat.example.org")))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One session; its first request id is 1000. Confined to one thread. */
    private static final class Session {
        private static final int PATIENCE_SECONDS = 10;
        private final HttpClient client = HttpClient.newHttpClient();
        private final URI address;
        private String sid = "";
        private long rid = 1000;

        Session(XmppServer at) {
            address = URI.create("http://127.0.0.1:%d/http-bind"
                    .formatted(at.httpAddress().orElseThrow().getPort()));
        }

        CompletableFuture<String> post(String body) {
            return client.sendAsync(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .thenApply(HttpResponse::body)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        String begin(String attributes) {
            String answer =
                    post(("<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' rid='%d'"
                                            + " to='localhost' xmpp:version='1.0' ver='1.6' %s/>")
                                    .formatted(rid, attributes))
                            .join();
            sid = answer.replaceAll("(?s).*\\bsid='([^']*)'.*", "$1");
            return answer;
        }

        CompletableFuture<String> ask(String attributes, String payload) {
            return ask(++rid, attributes, payload);
        }

        CompletableFuture<String> ask(long id, String attributes, String payload) {
            return post(
                    "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' rid='%d' sid='%s' %s>%s</body>"
                            .formatted(id, sid, attributes, payload));
        }

        CompletableFuture<String> send(String payload) {
            return ask("", payload);
        }

        Session login(String user) {
            begin("wait='60' hold='1'");
            assertThat(send(RawClient.plain(user, "secret")).join()).contains("<success ");
            assertThat(ask("to='localhost' xmpp:restart='true'", "").join()).contains("<bind ");
            assertThat(send("<iq xmlns='jabber:client' type='set' id='b'>"
                                    + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>")
                            .join())
                    .contains("<jid>");
            return this;
        }
    }

    private static String message(String to, String body) {
        return "<message xmlns='jabber:client' to='%s'><body>%s</body></message>".formatted(to, body);
    }

    // ---- a session

    @Test
    void the_first_answer_says_on_what_terms_and_what_is_offered() {
        assertThat(new Session(server).begin("wait='20' hold='1' ack='1'"))
                .contains(
                        "wait='20'",
                        "hold='1'",
                        "requests='2'",
                        "inactivity='30'",
                        "maxpause='120'",
                        "polling='2'",
                        "ack='1000'",
                        "xmpp:version='1.0'",
                        "from='localhost'",
                        "<mechanism>SCRAM-SHA-256</mechanism>")
                .doesNotContain("starttls");
    }

    @Test
    void what_comes_is_in_the_answer_to_the_request_that_is_held() {
        String user = RawClient.freshUser(server);
        var alice = new Session(server).login(user);
        alice.send("<presence xmlns='jabber:client'/>").join();
        var held = alice.ask("", "");
        try (var bob = RawClient.fresh(server, "tcp")) {
            bob.send(message(user + "@localhost", "Hi"));

            assertThat(held.join()).contains("<message xmlns='jabber:client'", "<body>Hi</body>");
        }
    }

    @Test
    void requests_are_dealt_with_in_their_order_whichever_comes_first() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        try (var bob = RawClient.fresh(server, "tcp")) {
            var second = alice.ask(alice.rid + 2, "", message(bob.jid(), "two"));
            var first = alice.ask(alice.rid + 1, "", message(bob.jid(), "one"));

            assertThat(bob.expect("<body>two</body>")).contains("<body>one</body>");
            assertThat(first.join()).doesNotContain("type='terminate'");
            assertThat(second).isNotDone();
        }
    }

    @Test
    void who_asks_again_gets_the_same_answer_and_nothing_happens_twice() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        try (var bob = RawClient.fresh(server, "tcp")) {
            String iq = message(bob.jid(), "once")
                    + "<iq xmlns='jabber:client' type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>";
            String answer = alice.send(iq).join();

            assertThat(alice.ask(alice.rid, "", iq).join()).isEqualTo(answer).contains("id='p'");
            assertThat(bob.expect("</message>")).contains("once");
            assertThat(bob.expectNothingBefore()).isEmpty();
        }
    }

    @Test
    void a_request_that_is_sent_again_while_it_is_held_takes_the_others_place() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        var lost = alice.ask("", "");
        var again = alice.ask(alice.rid, "", "");

        assertThat(CompletableFuture.anyOf(lost, again).join().toString()).contains("type='error'");
        var other = alice.send("<iq xmlns='jabber:client' type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
        assertThat(lost.join() + again.join()).contains("type='error'");
        assertThat(other).isNotNull();
    }

    @Test
    void a_pause_answers_everything_at_once() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        var held = alice.ask("", "");
        var pause = alice.ask("pause='60'", "");

        assertThat(held.join()).doesNotContain("terminate");
        assertThat(pause.join()).doesNotContain("terminate");
        assertThat(alice.ask("pause='10000'", "").join()).contains("type='terminate'", "condition='policy-violation'");
    }

    @Test
    void a_client_ends_its_session() {
        var alice = new Session(server).login(RawClient.freshUser(server));

        assertThat(alice.ask("type='terminate'", "<presence xmlns='jabber:client' type='unavailable'/>")
                        .join())
                .contains("type='terminate'")
                .doesNotContain("condition");
        assertThat(alice.send("").join()).contains("item-not-found");
    }

    @Test
    void the_time_of_a_held_request_is_over_after_wait() {
        var alice = new Session(server);
        alice.begin("wait='1' hold='1'");

        assertThat(alice.ask("", "").join()).isEqualTo("<body xmlns='http://jabber.org/protocol/httpbind'/>");
    }

    @Test
    void a_stream_error_ends_the_session() {
        var alice = new Session(server);
        alice.begin("wait='60' hold='1'");

        assertThat(alice.send("<unknown xmlns='urn:example:unknown'/>").join())
                .contains(
                        "type='terminate'",
                        "condition='remote-stream-error'",
                        "<stream:error ",
                        "<unsupported-stanza-type ");
    }

    @Test
    void who_stays_away_too_long_is_gone() {
        try (var impatient = XmppServer.builder()
                .profile(Profile.TEST)
                .bosh(BoshConfig.STANDARD.inactivity(Duration.ofSeconds(1)))
                .start()) {
            var alice = new Session(impatient).login(RawClient.freshUser(impatient));
            Awaitility.await().until(() -> impatient.sessions().count() == 0);

            assertThat(alice.send("").join()).contains("condition='item-not-found'");
        }
    }

    @Test
    void a_server_that_ends_says_so_at_once() {
        CompletableFuture<String> held;
        long before;
        try (var ending = XmppServer.builder().profile(Profile.TEST).start()) {
            var alice = new Session(ending).login(RawClient.freshUser(ending));
            var earlier = alice.ask("", "");
            held = alice.send("<message xmlns='jabber:client' to='localhost' type='error'/>");
            earlier.join(); // so the other one is held now
            before = System.nanoTime();
        }
        assertThat(held.join()).contains("remote-stream-error", "<system-shutdown ");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    // ---- against the rules

    @Test
    void a_stranger_gets_nowhere_and_ends_nothing() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        var stranger = new Session(server);
        stranger.sid = "guessed";

        assertThat(stranger.send("").join()).contains("type='terminate'", "condition='item-not-found'");
        assertThat(alice.send("<iq xmlns='jabber:client' type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>")
                        .join())
                .contains("id='p'");
    }

    @Test
    void an_id_beyond_the_window_ends_the_session() {
        var alice = new Session(server).login(RawClient.freshUser(server));

        assertThat(alice.ask(alice.rid + 4, "", "").join()).contains("condition='item-not-found'");
        assertThat(alice.ask("", "").join()).contains("condition='item-not-found'");
    }

    @Test
    void an_id_of_long_ago_ends_the_session() {
        var alice = new Session(server).login(RawClient.freshUser(server));

        assertThat(alice.ask(1000, "", "").join()).contains("condition='item-not-found'");
    }

    @Test
    void who_asks_for_nothing_too_often_is_thrown_out() {
        var alice = new Session(server).login(RawClient.freshUser(server));
        alice.ask("", "");

        assertThat(alice.ask("", "").join()).contains("condition='policy-violation'");
    }

    @Test
    void who_polls_gets_its_answers_at_once_but_not_too_often() {
        var alice = new Session(server);
        alice.begin("wait='60' hold='0'");

        alice.ask("", "").join();
        assertThat(alice.ask("", "").join()).contains("condition='policy-violation'");
    }

    @Test
    void the_keys_of_a_session_must_go_on() {
        var alice = new Session(server);
        // K(1) = hex(SHA-1('seed')), K(2) = hex(SHA-1(K(1))), K(3) = hex(SHA-1(K(2)))
        alice.begin("wait='60' hold='1' newkey='%s'".formatted(key(3)));
        assertThat(alice.ask("key='%s'".formatted(key(2)), "").isDone()).isFalse();

        assertThat(alice.ask("key='%s'".formatted(key(3)), "<a xmlns='urn:x'/>").join())
                .contains("condition='item-not-found'");
    }

    private static String key(int steps) {
        try {
            String text = "seed";
            for (int i = 0; i < steps; i++) {
                text = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
            }
            return text;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void what_is_no_body_is_a_bad_request() {
        var session = new Session(server);
        for (String content : List.of(
                "",
                "<body",
                "<body xmlns='http://jabber.org/protocol/httpbind'/>",
                "<body xmlns='http://jabber.org/protocol/httpbind' rid='-1' to='localhost'/>",
                "<body xmlns='http://jabber.org/protocol/httpbind' rid='9007199254740993' to='localhost'/>",
                "<other xmlns='http://jabber.org/protocol/httpbind' rid='1' to='localhost'/>",
                "<!DOCTYPE b [<!ENTITY a 'b'>]><body xmlns='http://jabber.org/protocol/httpbind' rid='1' to='&a;'/>")) {
            assertThat(session.post(content).join()).as(content).contains("condition='bad-request'");
        }
    }

    @Test
    void a_session_is_for_a_domain_that_is_served() {
        var session = new Session(server);
        String body = "<body xmlns='http://jabber.org/protocol/httpbind' rid='1' %s/>";

        assertThat(session.post(body.formatted("")).join()).contains("condition='improper-addressing'");
        assertThat(session.post(body.formatted("to='example.com'")).join()).contains("condition='host-unknown'");
    }

    @Test
    void there_are_no_more_sessions_than_may_be() {
        try (var small = XmppServer.builder()
                .profile(Profile.TEST)
                .bosh(BoshConfig.STANDARD.sessions(1))
                .start()) {
            new Session(small).begin("wait='60' hold='1'");

            assertThat(new Session(small).begin("wait='60' hold='1'")).contains("too many sessions");
        }
    }

    // ---- HTTP

    @Test
    void pages_of_friends_may_ask_and_those_of_strangers_may_not() {
        try (var friend = raw()) {
            assertThat(friend.send("OPTIONS /http-bind HTTP/1.1\r\nHost: x\r\nOrigin: https://chat.example.org\r\n\r\n")
                            .expect("\r\n\r\n"))
                    .startsWith("HTTP/1.1 204 ")
                    .containsIgnoringCase("access-control-allow-origin: https://chat.example.org\r\n")
                    .containsIgnoringCase("access-control-allow-methods: POST, OPTIONS\r\n");
        }
        try (var stranger = raw()) {
            assertThat(stranger.send("POST /http-bind HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n"
                                    + "Content-Length: 0\r\n\r\n")
                            .expectEnd())
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContainIgnoringCase("access-control-allow-origin");
        }
    }

    private static RawClient raw() {
        return RawClient.to(server.httpAddress().orElseThrow());
    }

    @Test
    void a_second_request_before_the_answer_to_the_first_cuts_the_connection() {
        try (var client = raw()) {
            String request = "POST /http-bind HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s";
            String body =
                    "<body xmlns='http://jabber.org/protocol/httpbind' rid='1' to='localhost' wait='60' hold='1'/>";
            String sid = client.send(request.formatted(body.length(), body))
                    .expect("</body>")
                    .replaceAll("(?s).*\\bsid='([^']*)'.*", "$1");
            String next = "<body xmlns='http://jabber.org/protocol/httpbind' rid='2' sid='" + sid + "'/>";
            client.send(request.formatted(next.length(), next)).send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.expectEnd()).isEmpty();
        }
    }

    @Test
    void a_request_that_does_not_come_is_not_waited_for() {
        try (var impatient = XmppServer.builder()
                        .profile(Profile.TEST)
                        .http(HttpConfig.STANDARD.requestTime(Duration.ofMillis(50)))
                        .start();
                var slow = RawClient.to(impatient.httpAddress().orElseThrow())) {
            slow.send("POST /http-bind HTTP/1.1\r\nHost: x\r\n");

            assertThat(slow.expectEnd()).isEmpty();
        }
    }

    @Test
    void a_body_that_is_too_big_is_not_read() {
        try (var client = raw()) {
            assertThat(client.send("POST /http-bind HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
                            .expectEnd())
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void host_meta_tells_where_to_go() {
        int port = server.httpAddress().orElseThrow().getPort();
        try (var client = raw()) {
            assertThat(client.send("GET /.well-known/host-meta HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(port))
                            .expect("</XRD>"))
                    .contains("rel='urn:xmpp:alt-connections:websocket' href='ws://localhost:%d/ws'".formatted(port))
                    .contains("rel='urn:xmpp:alt-connections:xbosh' href='http://localhost:%d/http-bind'"
                            .formatted(port));
            assertThat(client.send("GET /.well-known/host-meta.json HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
                                    .formatted(port))
                            .expect("}]}"))
                    .contains("\"href\":\"ws://localhost:%d/ws\"".formatted(port));
            assertThat(client.send("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .expectEnd())
                    .startsWith("HTTP/1.1 404 ");
        }
    }
}
