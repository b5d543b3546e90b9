package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose messages are wanted, as it is written and as it counts. */
class PreferencesTest {
    private static Preferences read(String content) {
        return Preferences.read(Element.parse("<prefs xmlns='urn:xmpp:mam:2' " + content + "</prefs>"), 3);
    }

    private static String list(String name, String... jids) {
        var list = new StringBuilder("<" + name + ">");
        for (String jid : jids) {
            list.append("<jid>").append(jid).append("</jid>");
        }
        return list + "</" + name + ">";
    }

    @ParameterizedTest
    @CsvSource({
        "bob@localhost/phone, true",
        "bob@localhost/desk, false",
        "bob@localhost, false",
        "kate@localhost/phone, true",
        "kate@localhost, true",
        "ann@localhost/x, false",
        "dan@localhost, "
    })
    void what_says_more_of_an_address_counts_and_never_is_stronger(String peer, Boolean wanted) {
        var preferences = new Preferences(
                Policy.ROSTER,
                Set.of(Jid.of("bob@localhost/phone"), Jid.of("kate@localhost"), Jid.of("ann@localhost")),
                Set.of(Jid.of("bob@localhost"), Jid.of("ann@localhost")));

        assertThat(preferences.listed(Jid.of(peer)).orElse(null)).isEqualTo(wanted);
    }

    @Test
    void what_was_read_can_be_written_and_read_again() {
        var preferences = read("default='roster'>" + list("always", "bob@localhost", "BOB@localhost")
                + list("never", " kate@localhost/x "));

        assertThat(preferences)
                .isEqualTo(new Preferences(
                        Policy.ROSTER, Set.of(Jid.of("bob@localhost")), Set.of(Jid.of("kate@localhost/x"))));
        assertThat(Preferences.read(preferences.toElement("urn:xmpp:mam:1"))).isEqualTo(preferences);
    }

    @Test
    void lists_that_are_not_there_are_empty() {
        assertThat(read("default='never'>")).isEqualTo(new Preferences(Policy.NEVER, Set.of(), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">",
                "default=''>",
                "default='Always'>",
                "default='sometimes'>",
                "default='always'><always/><always/>",
                "default='always'><never/><never/>",
                "default='always'><never><jid/></never>",
                "default='always'><never><jid>a@@b</jid></never>"
            })
    void what_is_none_is_refused(String content) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> read(content))
                .satisfies(refusal -> assertThat(refusal.error().condition()).isEqualTo(Condition.BAD_REQUEST));
    }

    @Test
    void as_many_entities_as_may_be_in_both_lists_and_not_one_more() {
        assertThat(read("default='always'>" + list("always", "a@b", "c@d") + list("never", "e@f"))
                        .always())
                .hasSize(2);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(
                        () -> read("default='always'>" + list("always", "a@b", "c@d") + list("never", "e@f", "g@h")))
                .satisfies(refusal -> assertThat(refusal.error().condition()).isEqualTo(Condition.POLICY_VIOLATION));
    }
}
