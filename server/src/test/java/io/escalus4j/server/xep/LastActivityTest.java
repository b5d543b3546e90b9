package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.now;
import static io.escalus4j.server.xep.Bench.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastActivityTest {
    private static final String ASK = "<iq type='get' id='1' to='%s'><query xmlns='jabber:iq:last'/></iq>";

    private final Bench bench = new Bench();
    private Bench.Client alice;
    private Bench.Client bob;

    @BeforeEach
    void install() {
        bench.with(new LastActivity(bench.context));
        alice = bench.connect("alice@localhost/phone");
        bob = bench.connect("bob@localhost/desk");
        bench.letSee("bob@localhost", "alice@localhost");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_server_tells_for_how_long_it_has_been_up() {
        bench.time.advance(Duration.ofSeconds(123456));
        assertThat(payload(alice.ask(ASK.formatted("localhost")))).isEqualTo(last(123456, ""));
    }

    @Test
    void who_left_is_known_by_the_time_and_the_last_words() {
        bob.present("<presence/>");
        bob.present("<presence type='unavailable'><status>Heading Home</status></presence>");
        bob.leave();
        bench.time.advance(Duration.ofSeconds(903));
        assertThat(alice.ask(ASK.formatted("bob@localhost"))).isEqualTo(Bench.xml("""
                        <iq type='result' id='1' from='bob@localhost' to='alice@localhost/phone'>\
                        <query xmlns='jabber:iq:last' seconds='903'>Heading Home</query></iq>"""));
    }

    @Test
    void who_was_cut_off_had_no_last_words() {
        bob.present("<presence><status>here</status></presence>");
        bob.leave();
        assertThat(payload(alice.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
    }

    @Test
    void last_words_are_forgotten_when_a_resource_comes_back() {
        bob.present("<presence type='unavailable'><status>Bye</status></presence>");
        bob.present("<presence/>");
        bob.leave();
        assertThat(payload(alice.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
    }

    @Test
    void a_farewell_to_one_entity_is_none_to_all() {
        bob.send("<presence type='unavailable' to='kate@localhost'><status>Bye, Kate</status></presence>");
        bob.leave();
        assertThat(payload(alice.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
    }

    @Test
    void who_is_connected_is_not_gone() {
        bench.time.advance(Duration.ofSeconds(5));
        assertThat(payload(alice.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
        assertThat(payload(bob.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
    }

    @Test
    void who_has_another_resource_is_not_gone() {
        var laptop = bench.connect("bob@localhost/laptop");
        laptop.leave();
        bench.time.advance(Duration.ofSeconds(5));
        assertThat(payload(alice.ask(ASK.formatted("bob@localhost")))).isEqualTo(last(0, ""));
    }

    @Test
    void who_has_never_come_is_not_found() {
        bench.account("kate@localhost");
        bench.letSee("kate@localhost", "alice@localhost");
        assertThat(error(alice.ask(ASK.formatted("kate@localhost")))).isEqualTo("cancel item-not-found");
    }

    @Test
    void who_may_not_see_presence_is_refused_whether_there_is_an_account_or_not() {
        assertThat(error(bob.ask(ASK.formatted("alice@localhost")))).isEqualTo("auth forbidden");
        assertThat(error(bob.ask(ASK.formatted("nobody@localhost")))).isEqualTo("auth forbidden");
    }

    @Test
    void a_resource_is_asked_just_by_who_may_see_its_presence() {
        alice.send(ASK.formatted("bob@localhost/desk"));
        assertThat(bob.session.taken())
                .singleElement()
                .satisfies(
                        query -> assertThat(query.has("query", LastActivity.NS)).isTrue());

        assertThat(error(bob.ask(ASK.formatted("alice@localhost/phone")))).isEqualTo("auth forbidden");
        assertThat(alice.session.taken()).isEmpty();
    }

    @Test
    void a_resource_that_is_not_there_is_no_secret_to_who_may_see_presence() {
        assertThat(error(alice.ask(ASK.formatted("bob@localhost/gone")))).isEqualTo("cancel service-unavailable");
        assertThat(error(bob.ask(ASK.formatted("alice@localhost/gone")))).isEqualTo("auth forbidden");
    }

    @Test
    void other_stanzas_reach_a_resource_without_a_subscription() {
        bob.send("<message to='alice@localhost/phone'><body>hi</body></message>");
        bob.send("<iq type='get' id='1' to='alice@localhost/phone'><ping xmlns='urn:xmpp:ping'/></iq>");
        bob.send("<iq type='result' id='2' to='alice@localhost/phone'/>");
        assertThat(alice.session.taken()).hasSize(3);
    }

    @Test
    void a_removed_account_is_forgotten_and_stays_so_when_its_sessions_end() {
        bob.leave();
        var phone = bench.connect("bob@localhost/phone");
        now(bench.accounts.remove(Jid.of("bob@localhost")));
        phone.leave();
        assertThat(now(bench.stores.lastSeen().of(Jid.of("bob@localhost")))).isEmpty();
    }

    private static Element last(int seconds, String status) {
        return Element.of("query", LastActivity.NS)
                .with("seconds", Integer.toString(seconds))
                .withText(status);
    }
}
