package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.SessionConfig;
import io.escalus4j.server.config.StreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one stream may cost. */
class LimitsTest {
    private static final int PRE_AUTH = 8 * 1024;
    private static final int STANZA = 256 * 1024;
    private static final String TOO_BIG =
            "<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>";
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder().profile(Profile.TEST).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---- attack 5: too big

    private static void assertTooBig(String answer) {
        assertThat(answer)
                .contains(TOO_BIG)
                .contains("<stanza-too-big xmlns='urn:xmpp:errors'/>")
                .endsWith("</stream:error></stream:stream>");
    }

    @Test
    void eight_kibibytes_are_the_most_before_authentication() {
        try (var client = RawClient.opened(server)) {
            assertTooBig(
                    client.send("<auth xmlns='" + "x".repeat(PRE_AUTH) + "'/>").expectEnd());
        }
    }

    @Test
    void a_header_may_not_be_bigger_either() {
        try (var client = RawClient.to(server)) {
            assertTooBig(
                    client.send("<stream:stream xmlns='" + "x".repeat(PRE_AUTH)).expectEnd());
        }
    }

    private static String padded(String before, String after, int bytes) {
        return before + "x".repeat(bytes - before.length() - after.length()) + after;
    }

    @Test
    void a_stanza_of_just_the_limit_goes_through_and_one_byte_more_does_not() {
        try (var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone")) {
            String before = "<message to='" + bob.jid() + "'><body>";
            String after = "</body></message>";

            alice.send(padded(before, after, STANZA));
            assertThat(bob.expect("</message>")).hasSizeGreaterThan(STANZA);

            assertTooBig(alice.send(padded(before, after, STANZA + 1)).expectEnd());
            assertThat(bob.expectNothingBefore()).isEmpty();
        }
    }

    /** The server reads no more than its limit and what it ignores at the end: the rest stays in the buffers of the network. */
    @ParameterizedTest
    @ValueSource(strings = {"<message><body>", "<message id='", "<message><", "<message><a ", "<message>&", "</", " "})
    @Timeout(60)
    void a_token_that_never_ends_is_cut(String beginning) {
        byte[] more = (beginning.equals(" ") ? " " : "x").repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        try (var client = RawClient.fresh(server, "phone")) {
            client.send(beginning);
            long sent = 0;
            while (sent < 64L << 20 && client.trySend(more)) {
                sent += more.length;
            }
            if (beginning.equals(" ")) {
                assertThat(client.expectNothingBefore())
                        .as("white space is no token")
                        .isEmpty();
            } else {
                assertThat(sent).isLessThan(64L << 20);
                client.expectEnd();
            }
        }
    }

    // ---- attack 4: too deep; too many attributes

    @ParameterizedTest
    @ValueSource(ints = {64, 1_000, 1_000_000})
    void too_deep_ends_the_stream(int depth) {
        try (var client = RawClient.fresh(server, "phone")) {
            client.trySend("<message>" + "<a>".repeat(depth));
            assertThat(client.expectEnd())
                    .contains(TOO_BIG)
                    .doesNotContain("stanza-too-big")
                    .endsWith("</stream:stream>");
        }
    }

    @Test
    void as_deep_as_allowed_goes_through() {
        try (var alice = RawClient.fresh(server, "phone")) {
            int inner = StreamConfig.STANDARD.depth() - 2;
            alice.send(
                    "<message to='" + alice.jid() + "'>" + "<a>".repeat(inner) + "</a>".repeat(inner) + "</message>");
            assertThat(alice.expect("</message>")).contains("<a>".repeat(inner - 1));
        }
    }

    @Test
    void too_many_attributes_end_the_stream() {
        var message = new StringBuilder("<message");
        for (int i = 0; i < 10_000; i++) {
            message.append(" a").append(i).append("='x'");
        }
        try (var client = RawClient.fresh(server, "phone")) {
            assertThat(client.send(message + "/>").expectEnd()).contains(TOO_BIG);
        }
    }

    // ---- attack 6: one byte at a time

    /** A parser that looked at what it has again with each byte would need some 34 thousand million steps for it. */
    @Test
    @Timeout(30)
    void a_big_stanza_may_come_byte_by_byte() {
        try (var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone")) {
            for (byte one : padded("<message to='" + bob.jid() + "'><body>", "</body></message>", STANZA)
                    .getBytes(StandardCharsets.UTF_8)) {
                alice.send(new byte[] {one});
            }
            assertThat(bob.expect("</message>")).hasSizeGreaterThan(STANZA);
        }
    }

    // ---- attack 19: too slow

    private static XmppServer hasty() {
        return XmppServer.builder()
                .profile(Profile.TEST)
                .streams(StreamConfig.STANDARD.loginTime(Duration.ofMillis(300)))
                .start();
    }

    /** Sends {@code drop} again and again until the server ends its side; each read waits a little for that. */
    private static String drip(RawClient client, String drop) {
        var read = new StringBuilder();
        try {
            client.socket().setSoTimeout(5);
            while (true) {
                try {
                    int next = client.socket().getInputStream().read();
                    if (next < 0) {
                        return read.toString();
                    }
                    read.append((char) next);
                } catch (SocketTimeoutException quiet) {
                    client.trySend(drop);
                }
            }
        } catch (IOException reset) {
            return read.append("[reset]").toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "<!"})
    @Timeout(30)
    void a_client_that_is_busy_but_does_not_log_in_is_cut_off_in_time(String drop) {
        try (var hasty = hasty();
                var client = RawClient.to(hasty)) {
            long start = System.nanoTime();
            client.send(drop.equals(" ") ? RawClient.HEADER : "<");
            String answer = drip(client, drop.equals(" ") ? drop : "a");

            assertThat(answer).contains("<connection-timeout ").contains("</stream:stream>");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(290L, 10_000L);
        }
    }

    @Test
    @Timeout(30)
    void a_handshake_that_does_not_come_on_is_cut_off_in_time() {
        try (var hasty = hasty();
                var client = RawClient.to(hasty.directTlsAddress().orElseThrow())) {
            client.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
            long start = System.nanoTime();
            client.expectEnd();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(10_000);
        }
    }

    @Test
    @Timeout(30)
    void who_has_authenticated_but_binds_nothing_is_cut_off_too() {
        try (var hasty = hasty();
                var client = RawClient.opened(hasty)) {
            client.authenticate(RawClient.freshUser(hasty), "secret");
            assertThat(client.expectEnd()).contains("<connection-timeout ");
        }
    }

    @Test
    @Timeout(30)
    void who_has_bound_a_resource_may_be_silent() {
        try (var hasty = hasty();
                var watch = RawClient.to(hasty);
                var client = RawClient.fresh(hasty, "phone")) {
            watch.expectEnd();
            try (var second = RawClient.to(hasty)) {
                second.expectEnd(); // twice the login time is over
            }
            assertThat(client.expectNothingBefore()).isEmpty();
        }
    }

    // ---- who does not read

    @Test
    @Timeout(60)
    void a_client_that_reads_nothing_is_cut_off_and_nobody_else_waits_for_it() {
        var small = new SessionConfig(10, 512 * 1024, 1000);
        try (var server = XmppServer.builder()
                        .profile(Profile.TEST)
                        .sessions(small)
                        .start();
                var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone");
                var kate = RawClient.fresh(server, "phone")) {
            String big =
                    padded("<message type='headline' to='" + kate.jid() + "'><body>", "</body></message>", 100_000);
            while (server.sessions().count() == 3) {
                alice.send(big);
            }

            alice.send("<message to='" + bob.jid() + "'><body>after all that</body></message>");
            assertThat(bob.expect("</message>")).contains("after all that");
            assertThat(kate.expectEnd()).doesNotContain("</stream:stream>");
            assertThat(server.scrapeMetrics())
                    .contains("xmpp_limits_hit_total{limit=\"queue\"} 1.0")
                    .containsPattern("xmpp_stanzas_lost_total [1-9]");
        }
    }

    @Test
    void limits_are_counted() {
        try (var own = XmppServer.builder().profile(Profile.TEST).start();
                var client = RawClient.opened(own)) {
            client.send("<a x='" + "x".repeat(PRE_AUTH) + "'/>").expectEnd();
            assertThat(own.scrapeMetrics()).contains("xmpp_limits_hit_total{limit=\"elementBytes\"} 1.0");
        }
    }

    @Test
    void who_goes_away_leaves_nothing_behind() {
        try (var own = XmppServer.builder().profile(Profile.TEST).start()) {
            try (var client = RawClient.fresh(own, "phone")) {
                assertThat(own.sessions().count()).isEqualTo(1);
                assertThat(own.scrapeMetrics()).contains("xmpp_connections{transport=\"tcp\"} 1.0");
                client.send("<message").socket().setSoLinger(true, 0);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            assertThat(own.awaitIdle(Duration.ofSeconds(10))).isTrue();
            assertThat(own.sessions().count()).isZero();
            assertThat(own.scrapeMetrics()).contains("xmpp_connections{transport=\"tcp\"} 0.0");
        }
    }
}
