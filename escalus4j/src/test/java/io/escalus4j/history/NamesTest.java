package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
    private final Names names = new Names();

    @Test
    void people_are_known_by_their_full_and_bare_jids() {
        names.add("alice-1@localhost/res1", "alice");
        names.add("alice-1@localhost/res2", "alice2");

        assertThat(names.of("Alice-1@localhost/res1")).isEqualTo("alice");
        assertThat(names.of("alice-1@localhost/res2")).isEqualTo("alice2");
        assertThat(names.of("alice-1@localhost")).isEqualTo("alice");
        assertThat(names.of("alice-1@localhost/phone")).isEqualTo("alice/phone");
        assertThat(names.of("stranger@localhost")).isEqualTo("stranger@localhost");
    }

    @Test
    void quoted_jids_of_known_people_are_explained() {
        names.add("a$1@b/c", "alice");

        assertThat(names.explain("is 'x', but was 'a$1@b/c' or 'stranger@b'"))
                .isEqualTo("is 'x', but was alice 'a$1@b/c' or 'stranger@b'");
    }
}
