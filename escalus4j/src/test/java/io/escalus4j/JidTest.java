package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JidTest {
    @Test
    void a_jid_has_three_parts() {
        Jid jid = Jid.of("alice@localhost/my phone/1");

        assertThat(jid.local()).isEqualTo("alice");
        assertThat(jid.domain()).isEqualTo("localhost");
        assertThat(jid.resource()).isEqualTo("my phone/1");
        assertThat(jid).hasToString("alice@localhost/my phone/1");
        assertThat(jid.bare()).isEqualTo(Jid.of("alice", "localhost")).hasToString("alice@localhost");
        assertThat(jid.isBare()).isFalse();
        assertThat(jid.bare().isBare()).isTrue();
        assertThat(Jid.of("localhost").local()).isEmpty();
        assertThat(jid.bare().withResource("res1")).isEqualTo(Jid.of("alice@localhost/res1"));
    }

    @ParameterizedTest
    @CsvSource({
        "Alice@LOCALHOST/res1, alice@localhost/res1",
        "\u00C9MILE@localhost, \u00E9mile@localhost",
        "e\u0301mile@localhost, \u00E9mile@localhost",
        "alice@xn--mnchen-3ya.example, alice@m\u00FCnchen.example",
        "alice@localhost., alice@localhost",
        "alice@localhost/e\u0301, alice@localhost/\u00E9",
    })
    void what_means_the_same_is_equal(String one, String other) {
        assertThat(Jid.of(one)).isEqualTo(Jid.of(other)).hasSameHashCodeAs(Jid.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "a@host, a@hostile",
        "a@host/res1, a@host/res10",
        "a@host/res1, a@host/RES1",
        "a@host/res1, a@host",
        "host, a@host",
    })
    void what_means_another_is_not_equal(String one, String other) {
        assertThat(Jid.of(one)).isNotEqualTo(Jid.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "@localhost, a local part is not empty (RFC 7622 section 3.3)",
        "alice@, a domain is not empty (RFC 7622 section 3.2)",
        "alice@localhost/, a resource is not empty (RFC 7622 section 3.4)",
        "al ice@localhost, a local part has none of",
        "alice@local host, a domain is a host name",
        "alice@b@localhost, a domain is a host name",
    })
    void what_is_no_jid_is_refused(String text, String why) {
        assertThatThrownBy(() -> Jid.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'%s' is not a JID: ".formatted(text))
                .hasMessageContaining(why);
    }

    @Test
    void a_part_has_at_most_1023_bytes() {
        assertThat(Jid.of("a".repeat(1023), "localhost").local()).hasSize(1023);
        assertThatThrownBy(() -> Jid.of("\u00E9".repeat(512), "localhost"))
                .hasMessage("'" + "\u00E9".repeat(80)
                        + "...' is not a JID: a part has at most 1023 bytes (RFC 7622 section 3.1)");
    }
}
