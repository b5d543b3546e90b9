package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a server tells of itself. */
class MetricsTest {

    @Test
    void connections_sessions_stanzas_and_logins_are_counted() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone");
                var guest = RawClient.opened(server)) {
            guest.send(RawClient.plain("guest", "wrong")).expect("</failure>");
            guest.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='&lt;script>'>=</auth>")
                    .expect("</failure>");
            alice.send("<message type='chat' to='" + bob.jid() + "'/><presence type='evil'/>")
                    .expectNothingBefore();
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();

            assertThat(server.scrapeMetrics())
                    .contains("xmpp_connections{transport=\"tcp\"} 3.0")
                    .contains("xmpp_sessions 2.0")
                    .contains("xmpp_auth_total{mechanism=\"PLAIN\",result=\"success\"} 2.0")
                    .contains("xmpp_auth_total{mechanism=\"PLAIN\",result=\"not_authorized\"} 1.0")
                    .contains("xmpp_auth_total{mechanism=\"other\",result=\"invalid_mechanism\"} 1.0")
                    .contains("xmpp_stanzas_total{direction=\"in\",kind=\"message\",type=\"chat\"} 1.0")
                    .contains("xmpp_stanzas_total{direction=\"in\",kind=\"presence\",type=\"other\"} 1.0")
                    .contains("xmpp_stanzas_total{direction=\"out\",kind=\"message\",type=\"chat\"} 1.0")
                    .contains("xmpp_stanzas_total{direction=\"out\",kind=\"iq\",type=\"error\"} 1.0")
                    .doesNotContain("evil", "script", "@", "user-");
        }
    }

    @Test
    void tls_connections_are_told_apart() {
        try (var server = XmppServer.builder().start();
                var client = RawClient.to(server.directTlsAddress().orElseThrow())) {
            client.startTls(server.certificate()).open();
            assertThat(server.scrapeMetrics()).contains("xmpp_connections{transport=\"tls\"} 1.0");
        }
    }
}
