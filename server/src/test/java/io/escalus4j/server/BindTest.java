package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.SessionConfig;
import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources (RFC 6120 section 7). */
class BindTest {
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .profile(Profile.TEST)
                .sessions(SessionConfig.STANDARD.perAccount(3))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final String user = RawClient.freshUser(server);

    private RawClient authenticated() {
        var client = RawClient.opened(server);
        client.authenticate(user, "secret");
        return client;
    }

    private static String bind(String inner) {
        return "<iq type='set' id='b1'><bind xmlns='" + BIND + "'>" + inner + "</bind></iq>";
    }

    @Test
    void who_has_authenticated_is_offered_a_resource_and_the_old_session() {
        try (var client = RawClient.opened(server)) {
            client.send(RawClient.plain(user, "secret")).expect("<success");
            assertThat(client.open())
                    .contains("<bind xmlns='" + BIND + "'/>")
                    .contains("<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>")
                    .contains("<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>262144</max-bytes></limits>")
                    .doesNotContain("mechanism", "starttls");
        }
    }

    @Test
    void a_client_gets_the_resource_that_it_asks_for() {
        try (var client = authenticated()) {
            assertThat(client.send(bind("<resource>phone</resource>")).expect("</iq>"))
                    .isEqualTo(
                            "<iq type='result' id='b1' to='%s@localhost'><bind xmlns='%s'><jid>%s@localhost/phone</jid></bind></iq>"
                                    .formatted(user, BIND, user));
            assertThat(server.sessions().count()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<resource/>", "<resource></resource>"})
    void who_asks_for_none_gets_one_that_nobody_can_guess(String inner) {
        try (var client = authenticated()) {
            assertThat(client.send(bind(inner)).expect("</iq>")).containsPattern("@localhost/[0-9a-f]{32}</jid>");
        }
    }

    @Test
    void a_resource_may_be_any_text_of_rfc_7622() {
        try (var client = authenticated()) {
            assertThat(client.bind("Küche &amp; Bad ☕")).endsWith("@localhost/Küche &amp; Bad ☕");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&#x9;tab", "a&#x202E;b&#x0085;"})
    void what_is_no_resource_is_a_bad_request_and_another_can_be_tried(String resource) {
        try (var client = authenticated()) {
            assertThat(client.send(bind("<resource>" + resource + "</resource>"))
                            .expect("</iq>"))
                    .contains("type='error'", "<bad-request ");
            assertThat(client.bind("phone")).endsWith("/phone");
        }
    }

    @Test
    void a_resource_that_is_too_long_is_a_bad_request() {
        try (var client = authenticated()) {
            assertThat(client.send(bind("<resource>" + "x".repeat(1024) + "</resource>"))
                            .expect("</iq>"))
                    .contains("<bad-request ");
        }
    }

    @Test
    void the_same_resource_displaces_the_one_that_had_it() {
        try (var old = RawClient.login(server, user, "phone");
                var next = RawClient.login(server, user, "phone")) {
            assertThat(old.expectEnd()).contains("<stream:error><conflict ").endsWith("</stream:stream>");
            assertThat(next.expectNothingBefore()).isEmpty();
            assertThat(server.sessions().of(Jid.of(user, "localhost"))).hasSize(1);
        }
    }

    @Test
    void one_resource_too_many_has_to_wait_until_another_goes() {
        try (var one = RawClient.login(server, user, "one");
                var two = RawClient.login(server, user, "two");
                var three = RawClient.login(server, user, "three");
                var four = authenticated()) {
            assertThat(four.send(bind("<resource>four</resource>")).expect("</iq>"))
                    .contains("type='wait'", "<resource-constraint ");

            assertThat(one.send("</stream:stream>").expectEnd()).isEqualTo("</stream:stream>");

            assertThat(four.bind("four")).endsWith("/four");
            assertThat(two.jid()).isNotEqualTo(three.jid());
        }
    }

    @Test
    void a_displacement_is_allowed_where_nothing_more_is() {
        try (var one = RawClient.login(server, user, "one");
                var two = RawClient.login(server, user, "two");
                var three = RawClient.login(server, user, "three");
                var again = authenticated()) {
            assertThat(again.bind("two")).endsWith("/two");
            assertThat(two.expectEnd()).contains("<conflict ");
            assertThat(one.expectNothingBefore() + three.expectNothingBefore()).isEmpty();
        }
    }

    @Test
    void a_second_resource_on_one_stream_is_not_allowed() {
        try (var client = RawClient.login(server, user, "phone")) {
            assertThat(client.send(bind("<resource>tablet</resource>")).expect("</iq>"))
                    .contains("type='error'", "<not-allowed ");
            assertThat(client.expectNothingBefore()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " to='localhost'"})
    void a_legacy_session_is_granted(String to) {
        try (var client = RawClient.login(server, user, "phone")) {
            assertThat(client.send("<iq type='set' id='s1'" + to
                                    + "><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>")
                            .expect("/>"))
                    .contains("type='result'", "id='s1'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message to='bob@localhost'><body>hi</body></message>",
                "<presence/>",
                "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>",
                "<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
                "<iq type='get' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>",
                "<iq type='set' id='1'/>"
            })
    void a_stanza_before_the_resource_is_not_authorized(String stanza) {
        try (var client = authenticated()) {
            assertThat(client.send(stanza).expectEnd())
                    .contains("<stream:error><not-authorized ")
                    .endsWith("</stream:stream>");
        }
    }

    @Test
    void stanzas_in_one_segment_with_the_bind_are_dealt_with_after_it() {
        try (var client = authenticated()) {
            String answers = client.send(bind("<resource>phone</resource>")
                            + "<iq type='get' id='after' to='localhost'><x xmlns='urn:example'/></iq>")
                    .expect("service-unavailable");
            assertThat(answers).containsSubsequence("id='b1'", "</iq>", "id='after'");
        }
    }
}
