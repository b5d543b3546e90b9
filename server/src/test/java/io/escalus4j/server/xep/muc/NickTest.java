package io.escalus4j.server.xep.muc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nicknames by RFC 8266: as they are shown, and which of them people take for the same one. */
class NickTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Foo, Foo",
                "\"  Foo Bar  \", Foo Bar",
                "\"Foo   Bar\", Foo Bar",
                "Σίγμα, Σίγμα",
                "\"Ｆｏｏ\", Foo",
                "\"Åsa\", Åsa",
                "♔ king, ♔ king"
            })
    void a_nickname_is_shown_in_one_way(String wanted, String shown) {
        assertThat(Nick.enforced(wanted)).contains(shown);
        assertThat(Nick.enforced(shown)).contains(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u2003", "a\u0000b", "a\u202eb", "\ufdd0", "\u200b"})
    void what_nobody_can_see_is_none(String wanted) {
        assertThat(Nick.enforced(wanted)).isEmpty();
    }

    @Test
    void a_nickname_fits_into_an_address_also_as_it_is_shown() {
        assertThat(Nick.enforced("x".repeat(1023))).isPresent();
        assertThat(Nick.enforced("x".repeat(1024))).isEmpty();
        assertThat(Nick.enforced("\ufdfa".repeat(300))).isEmpty(); // a ligature of eighteen characters each
    }

    @ParameterizedTest
    @CsvSource({"Foo, foo", "FOO BAR, foo bar", "ΣΊΓΜΑ, σίγμα"})
    void case_makes_no_difference(String one, String other) {
        assertThat(Nick.key(one)).isEqualTo(Nick.key(other));
    }

    @Test
    void other_letters_do() {
        assertThat(Nick.key("bob")).isNotEqualTo(Nick.key("b0b"));
        assertThat(Nick.key("bob")).isNotEqualTo(Nick.key("bоb")); // one of them is Cyrillic
    }
}
