package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.isEmptyResult;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingTest {
    private static final String PING = "<iq type='get' id='1' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>";

    private final Bench bench = new Bench().with(new Ping());
    private final Bench.Client alice = bench.connect("alice@localhost/phone");

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
}
