package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StreamConfig;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xep.InBandRegistration;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.Stanzas;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A server whose time somebody moves. */
class ServerTimeTest {
    private static final Duration LOGIN_TIME = StreamConfig.STANDARD.loginTime();

    private static ServerBuilder builder() {
        return XmppServer.builder()
                .profile(Profile.TEST)
                .time(ManualTime.standingStill(Instant.parse("2026-01-01T12:00:00Z")));
    }

    @Test
    void who_does_not_log_in_is_sent_away_when_its_time_is_over_and_not_before() {
        try (var server = builder().start();
                var idler = RawClient.opened(server)) {
            server.advance(LOGIN_TIME.minusMillis(1));
            assertThat(server.sessions().count()).isZero();

            assertThat(server.advance(Duration.ofMillis(1))).isEqualTo(1);
            idler.expect("<connection-timeout");
        }
    }

    @Test
    void a_session_whose_client_is_gone_ends_when_the_time_to_resume_is_over() {
        try (var server = builder().start();
                var phone = RawClient.fresh(server, "phone")) {
            var jid = Jid.of(phone.jid());
            phone.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>").expect("<enabled");
            phone.close();
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
            server.advance(Duration.ofMinutes(5).minusNanos(1));
            assertThat(server.sessions().at(jid)).isPresent();

            server.advance(Duration.ofNanos(1));

            assertThat(server.sessions().at(jid)).isEmpty();
        }
    }

    /** It is not idle, but its time goes on: that a peer reads nothing is what timeouts are for. */
    @Test
    void a_client_that_reads_nothing_does_not_stop_the_time() {
        try (var server = builder().start();
                var deaf = RawClient.fresh(server, "phone");
                var idler = RawClient.opened(server)) {
            for (int sent = 0; server.awaitIdle(Duration.ofMillis(100)); sent++) { // until the sockets are full
                assertThat(sent).isLessThan(1000);
                for (int i = 0; i < 50; i++) {
                    server.context().router().route(message(deaf.jid()));
                }
            }

            server.advance(LOGIN_TIME);

            idler.expect("<connection-timeout");
        }
    }

    private static Stanza message(String to) {
        var element = Element.of("message", "jabber:client")
                .with("to", to)
                .with("from", "localhost")
                .with(Element.text("body", "jabber:client", "x".repeat(20_000)));
        return ((Stanzas.Reading.Accepted) Stanzas.read(element, Jid.of("localhost"))).stanza();
    }

    @Test
    void a_window_of_registrations_is_over_when_its_time_is() {
        var config = new InBandRegistration.Config(true, true, false, 1, Duration.ofHours(1));
        try (var server = builder().module("registration", config).start();
                var stranger = RawClient.opened(server)) {
            stranger.send(register("one")).expect("type='result'");
            stranger.send(register("two")).expect("not-acceptable");

            server.advance(Duration.ofHours(1));

            try (var later = RawClient.opened(server)) {
                later.send(register("three")).expect("type='result'");
            }
        }
    }

    private static String register(String name) {
        return "<iq type='set' id='%s'><query xmlns='jabber:iq:register'><username>%s</username><password>p</password></query></iq>"
                .formatted(name, name);
    }

    @Test
    void in_the_test_profile_every_time_can_be_moved() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var idler = RawClient.opened(server)) {
            assertThat(server.advance(LOGIN_TIME)).isEqualTo(1);
            idler.expect("<connection-timeout");
        }
    }

    @Test
    void in_production_nobody_moves_the_time() {
        try (var server = XmppServer.builder().profile(Profile.PRODUCTION).start()) {
            assertThatThrownBy(() -> server.advance(LOGIN_TIME))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the time of this server is the machine's, only in the test profile, or with a"
                            + " ManualTime, it can be moved");
        }
    }
}
