package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.isEmptyResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.config.Profile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PingTest {
    private static final String PING = "<iq type='get' id='1' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>";

    private static final Ping.Config CONFIG = new Ping.Config(Duration.ofMinutes(1), Duration.ofSeconds(10));

    private final Bench bench = new Bench();
    private final Bench.Client alice = bench.connect("alice@localhost/phone");

    @BeforeEach
    void install() {
        bench.with(new Ping(bench.context, CONFIG));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_server_answers() {
        assertThat(alice.ask(PING.formatted("localhost")))
                .isEqualTo(Bench.xml("<iq type='result' id='1' from='localhost' to='alice@localhost/phone'/>"));
    }

    @Test
    void the_own_account_answers_with_or_without_its_address() {
        assertThat(isEmptyResult(alice.ask(PING.formatted("alice@localhost")))).isTrue();
        assertThat(isEmptyResult(alice.ask(PING.formatted("").replace(" to=''", ""))))
                .isTrue();
    }

    @Test
    void another_account_does_not_tell_whether_it_is_there() {
        bench.account("bob@localhost");
        assertThat(error(alice.ask(PING.formatted("bob@localhost")))).isEqualTo("cancel service-unavailable");
        assertThat(error(alice.ask(PING.formatted("nobody@localhost")))).isEqualTo("cancel service-unavailable");
    }

    @Test
    void a_ping_to_a_client_goes_to_the_client() {
        var bob = bench.connect("bob@localhost/desk");
        alice.send(PING.formatted("bob@localhost/desk"));
        assertThat(bob.session.taken())
                .singleElement()
                .satisfies(ping -> assertThat(ping.has("ping", Ping.NS)).isTrue());
    }

    @Test
    void a_client_that_is_not_there_is_unavailable() {
        assertThat(error(alice.ask(PING.formatted("bob@localhost/desk")))).isEqualTo("cancel service-unavailable");
    }

    @Test
    void who_has_said_something_lately_is_not_pinged() {
        alice.session.silence(Duration.ofSeconds(59));
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(alice.session.taken()).isEmpty();
    }

    @Test
    void who_says_nothing_is_pinged_and_then_given_up() {
        alice.session.silence(Duration.ofMinutes(1));
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(alice.session.taken())
                .containsExactly(
                        Bench.xml(
                                "<iq type='get' id='ping' from='localhost' to='alice@localhost/phone'><ping xmlns='urn:xmpp:ping'/></iq>"));
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(alice.session.taken())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.firstElement().orElseThrow().name()).isEqualTo("connection-timeout"));
        assertThat(pings("sent")).isEqualTo(1);
        assertThat(pings("unanswered")).isEqualTo(1);
    }

    private double pings(String result) {
        return bench.metrics.get("xmpp.pings").tag("result", result).counter().count();
    }

    @Test
    void who_says_anything_after_the_ping_is_kept_and_pinged_again_later() {
        alice.session.silence(Duration.ofMinutes(1));
        bench.time.advance(Duration.ofSeconds(10));
        alice.session.taken();
        alice.session.silence(Duration.ofSeconds(9));
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(alice.session.taken()).isEmpty();
        alice.session.silence(Duration.ofMinutes(1));
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(alice.session.taken())
                .singleElement()
                .satisfies(again -> assertThat(again.has("ping", Ping.NS)).isTrue());
    }

    @Test
    void a_module_that_is_taken_out_pings_nobody() {
        bench.modules.close();
        alice.session.silence(Duration.ofHours(1));
        bench.time.advance(Duration.ofHours(1));
        assertThat(alice.session.taken()).isEmpty();
    }

    @Test
    void an_answer_is_due_before_the_next_ping() {
        assertThatThrownBy(() -> new Ping.Config(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .hasMessage("answer must be less than idle, was 10000ms");
        assertThatThrownBy(() -> new Ping.Config(Duration.ofSeconds(10), Duration.ZERO))
                .hasMessage("answer must be above 0, was 0ms");
        assertThat(Ping.Config.standard(Profile.TEST).idle()).isZero();
        assertThat(Ping.Config.standard(Profile.PRODUCTION).idle()).isEqualTo(Duration.ofMinutes(5));
    }
}
