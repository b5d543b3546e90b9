package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StreamConfig;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xmpp.Jid;
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
