package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.isEmptyResult;
import static io.escalus4j.server.xep.Bench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.xep.VCard.Limits;
import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VCardTest {
    private static final String CARD = "<vCard xmlns='vcard-temp'><FN>Peter Saint-Andre</FN><N><MIDDLE/></N></vCard>";
    private static final String NONE = "<vCard xmlns='vcard-temp'/>";

    private final Bench bench = new Bench();
    private Bench.Client peter;
    private Bench.Client jer;

    @BeforeEach
    void install() {
        bench.with(new VCard(bench.context, new Limits(200)));
        peter = bench.connect("stpeter@localhost/roundabout");
        jer = bench.connect("jer@localhost/desk");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_own_vcard_comes_back_as_it_was_set() {
        assertThat(isEmptyResult(peter.ask("<iq type='set' id='1'>" + CARD + "</iq>")))
                .isTrue();
        assertThat(peter.ask("<iq type='get' id='2'>" + NONE + "</iq>"))
                .isEqualTo(Bench.xml("<iq type='result' id='2' to='stpeter@localhost/roundabout'>" + CARD + "</iq>"));
    }

    @Test
    void others_see_it_too() {
        peter.ask("<iq type='set' id='1'>" + CARD + "</iq>");
        assertThat(jer.ask("<iq type='get' id='2' to='stpeter@localhost'>" + NONE + "</iq>"))
                .isEqualTo(Bench.xml(
                        "<iq type='result' id='2' from='stpeter@localhost' to='jer@localhost/desk'>" + CARD + "</iq>"));
    }

    @Test
    void who_has_none_is_told_so() {
        assertThat(error(peter.ask("<iq type='get' id='1'>" + NONE + "</iq>"))).isEqualTo("cancel item-not-found");
    }

    @Test
    void others_cannot_tell_a_missing_vcard_from_a_missing_account() {
        assertThat(error(jer.ask("<iq type='get' id='1' to='stpeter@localhost'>" + NONE + "</iq>")))
                .isEqualTo("cancel service-unavailable");
        assertThat(error(jer.ask("<iq type='get' id='1' to='nobody@localhost'>" + NONE + "</iq>")))
                .isEqualTo("cancel service-unavailable");
    }

    @Test
    void the_vcard_of_another_cannot_be_set() {
        assertThat(error(jer.ask("<iq type='set' id='1' to='stpeter@localhost'>" + CARD + "</iq>")))
                .isEqualTo("auth forbidden");
        assertThat(error(peter.ask("<iq type='get' id='1'>" + NONE + "</iq>"))).isEqualTo("cancel item-not-found");
    }

    @Test
    void a_vcard_has_a_size() {
        var huge = CARD.replace("Peter", "P".repeat(200));
        assertThat(error(peter.ask("<iq type='set' id='1'>" + huge + "</iq>"))).isEqualTo("modify policy-violation");
        assertThat(bench.limitsHit("vcard")).isEqualTo(1);
        assertThat(error(peter.ask("<iq type='get' id='1'>" + NONE + "</iq>"))).isEqualTo("cancel item-not-found");
    }

    @Test
    void a_removed_account_is_forgotten() {
        peter.ask("<iq type='set' id='1'>" + CARD + "</iq>");
        now(bench.accounts.forget(Jid.of("stpeter@localhost")));
        bench.account("stpeter@localhost");
        assertThat(error(peter.ask("<iq type='get' id='1'>" + NONE + "</iq>"))).isEqualTo("cancel item-not-found");
    }

    @Test
    void a_limit_leaves_room_for_something() {
        assertThatThrownBy(() -> new Limits(0)).hasMessage("bytes must be at least 1, was 0");
    }
}
