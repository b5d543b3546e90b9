package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StreamManagementConfig;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanzas;
import io.escalus4j.server.xmpp.StreamError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managed streams over sockets (XEP-0198): what stories cannot set or see. */
class StreamManagementTest {
    private static final String SM = "urn:xmpp:sm:3";
    private static final String R = "<r xmlns='" + SM + "'/>";
    private static final StreamManagementConfig CONFIG = StreamManagementConfig.STANDARD;

    private final List<RawClient> clients = new ArrayList<>();
    private XmppServer server;

    private void start(StreamManagementConfig config) {
        server = XmppServer.builder().profile(Profile.TEST).module("sm", config).start();
    }

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        server.close();
    }

    private record Managed(RawClient client, String id) {}

    private RawClient kept(RawClient client) {
        clients.add(client);
        return client;
    }

    private Managed managed(String user, String resource) {
        var client = kept(RawClient.login(server, user, resource));
        client.send("<presence/>").expect("<presence");
        client.expect("/>");
        client.send("<enable xmlns='" + SM + "' resume='true'/>");
        client.expect("id='");
        String id = client.expect("'").replace("'", "");
        client.expect("/>");
        return new Managed(client, id);
    }

    private RawClient authenticated(String user) {
        var client = kept(RawClient.opened(server));
        client.authenticate(user, "secret");
        return client;
    }

    private static String resume(String id, long h) {
        return "<resume xmlns='%s' previd='%s' h='%d'/>".formatted(SM, id, h);
    }

    private static String message(String to, String body) {
        return "<message type='chat' to='%s'><body>%s</body></message>".formatted(to, body);
    }

    /** The server has dealt with all that was sent, a lost connection too. */
    private void settle() {
        assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    /** Ends when the server has seen the connection go. */
    private void cut(RawClient client, String jid) {
        client.close();
        settle();
        assertThat(server.sessions().at(Jid.of(jid))).isPresent();
    }

    private RawClient sender() {
        return kept(RawClient.fresh(server, "sender"));
    }

    @Test
    void who_does_not_come_back_in_time_leaves_and_the_messages_wait_with_their_time() {
        start(CONFIG.resumeTime(Duration.ofMillis(300)));
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone").client();
        var sender = sender();
        phone.close();
        sender.send(message(user + "@localhost/phone", "one")).send(message(user + "@localhost", "two"));
        // the probe of an own second resource ends with the unavailable presence of the first
        var second = kept(RawClient.login(server, user, "second"));
        second.send("<presence><priority>-1</priority></presence>").expect("type='unavailable'");
        settle();

        second.send("<presence><priority>1</priority></presence>");

        assertThat(second.expect("two</body>")).contains("one</body>", "Not Acknowledged", "urn:xmpp:delay");
    }

    @Test
    void a_session_that_is_away_is_told_from_one_that_left() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone");

        cut(phone.client(), user + "@localhost/phone");

        assertThat(server.sessions().available(Jid.of(user, "localhost"))).hasSize(1);
        phone.client().close();
    }

    @Test
    void one_of_many_who_resume_at_once_has_the_session_and_nothing_is_lost() throws Exception {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone");
        var sender = sender();
        var rivals = List.of(authenticated(user), authenticated(user), authenticated(user), authenticated(user));
        var barrier = new CyclicBarrier(rivals.size());
        var threads = Executors.newFixedThreadPool(rivals.size());
        try {
            var tries = rivals.stream()
                    .<Callable<Void>>map(rival -> () -> {
                        barrier.await(10, TimeUnit.SECONDS);
                        rival.send(resume(phone.id(), 0));
                        return null;
                    })
                    .toList();
            for (var tried : threads.invokeAll(tries)) {
                tried.get();
            }
        } finally {
            threads.shutdownNow();
        }
        settle();

        sender.send(message(user + "@localhost/phone", "for one"));
        settle();

        var winners = rivals.stream()
                .filter(rival -> rival.expectEndOr("for one").contains("for one"))
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(server.sessions().of(Jid.of(user, "localhost"))).hasSize(1);
        assertThat(phone.client().expectEnd()).contains("conflict");
    }

    @Test
    void too_many_stanzas_without_an_acknowledgement_end_the_session_and_none_is_lost() {
        start(CONFIG.unackedStanzas(10));
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone").client();
        var sender = sender();

        for (int i = 0; i < 11; i++) {
            sender.send(message(user + "@localhost", "number " + i + ';'));
        }

        assertThat(phone.expectEnd()).contains("resource-constraint");
        settle();
        var later = kept(RawClient.login(server, user, "later"));
        String got = later.send("<presence/>").expect("number 10;");
        for (int i = 0; i < 11; i++) {
            assertThat(got.split("number " + i + ";", -1)).as("message %d", i).hasSize(2);
        }
        assertThat(server.scrapeMetrics()).contains("xmpp_limits_hit_total{limit=\"sm-unacked\"} 1.0");
    }

    @Test
    void the_oldest_of_too_many_sessions_that_are_away_ends() {
        start(CONFIG.detachedPerAccount(1));
        String user = RawClient.freshUser(server);
        var first = managed(user, "first");
        var second = managed(user, "second");
        cut(first.client(), user + "@localhost/first");

        cut(second.client(), user + "@localhost/second");

        assertThat(server.sessions().of(Jid.of(user, "localhost")))
                .extracting(session -> session.jid().resource())
                .containsExactly("second");
        authenticated(user).send(resume(first.id(), 0)).expect("item-not-found");
    }

    @Test
    void a_message_that_another_resource_has_got_is_not_kept_for_it_again() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone").client();
        var laptop = kept(RawClient.login(server, user, "laptop"));
        laptop.send("<presence/>").expect("<presence");
        sender().send(message(user + "@localhost", "to both"));
        laptop.expect("to both");
        phone.expect("to both");

        kept(RawClient.login(server, user, "phone")).send("<presence/>");

        settle();
        assertThat(laptop.expectNothingBefore()).doesNotContain("to both");
    }

    @Test
    void who_asked_a_client_that_went_is_told() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone").client();
        var sender = sender();
        cut(phone, user + "@localhost/phone");
        sender.send(
                "<iq type='get' id='q1' to='%s@localhost/phone'><ping xmlns='urn:xmpp:ping'/></iq>".formatted(user));
        settle();

        kept(RawClient.login(server, user, "phone"));

        assertThat(sender.expect("</iq>")).contains("id='q1'", "type='error'", "service-unavailable");
    }

    @Test
    void a_server_that_stops_keeps_what_was_not_acknowledged() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone").client();
        cut(phone, user + "@localhost/phone");
        sender().send(message(user + "@localhost/phone", "kept")).expectNothingBefore();
        var offline = server.context().stores().offline();

        server.sessions()
                .all()
                .forEach(session -> session.close(StreamError.of(StreamError.Condition.SYSTEM_SHUTDOWN)));
        settle();

        assertThat(offline.of(Jid.of(user, "localhost")).toCompletableFuture().join())
                .singleElement()
                .asString()
                .contains("kept");
    }

    /** Whoever had found the session before it ended comes too late. */
    @Test
    void what_comes_to_a_session_that_is_just_over_waits_for_the_next_one() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = kept(RawClient.login(server, user, "phone"));
        phone.send("<presence/>").expect("<presence");
        Jid jid = Jid.of(user + "@localhost/phone");
        var session = server.sessions().at(jid).orElseThrow();
        phone.close();
        settle();

        session.deliver((Message) Stanzas.trusted(
                Element.parse("<message xmlns='jabber:client' type='chat'><body>late</body></message>"),
                Jid.of("romeo@localhost/orchard"),
                Optional.of(jid)));
        settle();

        assertThat(session.offer(Presence.of(Presence.Type.AVAILABLE, jid, jid)))
                .isFalse();
        var next = kept(RawClient.login(server, user, "phone"));
        next.send("<presence/>");
        assertThat(next.expect("</message>")).contains("late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "", "4294967296", "99999999999999999999", "1.0", "0x1", "+1"})
    void a_count_that_is_none_ends_the_stream(String h) {
        start(CONFIG);
        var phone = managed(RawClient.freshUser(server), "phone").client();

        phone.send("<a xmlns='%s' h='%s'/>".formatted(SM, h));

        assertThat(phone.expectEnd()).contains("bad-format");
    }

    @Test
    void a_flood_of_requests_is_answered() {
        start(CONFIG);
        var phone = managed(RawClient.freshUser(server), "phone").client();

        phone.send(R.repeat(1000)).send("<presence/>" + R);

        assertThat(phone.expect("h='1'").split("h='0'", -1)).hasSize(1001);
    }

    @Test
    void it_can_be_left_out() {
        server = XmppServer.builder().profile(Profile.TEST).without("sm").start();
        var client = kept(RawClient.opened(server));
        client.send(RawClient.plain(RawClient.freshUser(server), "secret")).expect("<success");

        assertThat(client.open()).doesNotContain(SM);
        client.send(resume("any", 0)).expect("feature-not-implemented");
    }

    @Test
    void metrics_tell_what_is_unacknowledged_and_who_came_back() {
        start(CONFIG);
        String user = RawClient.freshUser(server);
        var phone = managed(user, "phone");
        cut(phone.client(), user + "@localhost/phone");
        sender().send(message(user + "@localhost", "one")).expectNothingBefore();
        assertThat(server.scrapeMetrics()).contains("xmpp_sm_unacked 1.0");

        authenticated(user).send(resume(phone.id(), 0)).expect("one</body>");

        assertThat(server.scrapeMetrics()).contains("xmpp_sm_resumes_total{result=\"resumed\"} 1.0");
    }
}
