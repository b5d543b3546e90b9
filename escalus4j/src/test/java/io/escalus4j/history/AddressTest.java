package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "alice@localhost/res1, alice, localhost, res1",
        "Alice@LocalHost/Res1, alice, localhost, Res1",
        "localhost, '', localhost, ''",
        "localhost/a@b/c, '', localhost, a@b/c",
        "\uFF41lice@localhost., alice, localhost, ''"
    })
    void a_jid_has_local_part_domain_and_resource(String jid, String local, String domain, String resource) {
        assertThat(Address.of(jid)).isEqualTo(new Address(local, domain, resource));
    }

    @Test
    void it_prints_as_a_jid() {
        assertThat(Address.of("A@B/C")).hasToString("a@b/C");
        assertThat(Address.of("A@B/C").bare()).hasToString("a@b");
        assertThat(Address.of("b").isBare()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "/", "@b", "a@", "a@b/", "@/", "a@/c"})
    void what_is_no_jid_is_equal_to_itself_only(String text) {
        assertThat(Address.of(text))
                .isEqualTo(Address.of(text))
                .isNotIn(Address.of("a@b"), Address.of("b"), Address.of("a"));
    }

    @RepeatedTest(20)
    void any_text_can_be_read(RepetitionInfo info) {
        var random = new Random(info.getCurrentRepetition());
        var parts = List.of(
                "xn--",
                "@",
                "/",
                ".",
                "\u3002",
                "\u00DF",
                "\u0130",
                "-",
                "9",
                "a",
                "\uD800",
                "\uDC00",
                "\u0000",
                "\u200D",
                "xn--a-\u00FC");
        for (int i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            var address = Address.of(text.toString());
            assertThat(Address.of(text.toString())).isEqualTo(address).hasSameHashCodeAs(address);
        }
    }
}
